package io.keyward.domain.id;

/// Identifies a tenant: the unit of isolation, of ordering and of the environment limit.
///
/// A [RefusedException] with `INVALID_ID` is thrown if the text may not be part of a record key
/// (docs/contract.md, "Identifiers").
public record TenantId(String value) {
    public TenantId {
        Identifiers.requireValid("tenantId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
