package io.keyward.app.command;

import io.keyward.domain.id.Identifiers;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the id of a tenant as typed.
final class TenantArgument implements ITypeConverter<TenantId> {
    @Override
    public TenantId convert(String text) {
        try {
            return new TenantId(Identifiers.parse("tenantId", text));
        } catch (RefusedException refused) {
            throw new TypeConversionException(refused.detail());
        }
    }
}
