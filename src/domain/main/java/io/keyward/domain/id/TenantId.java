package io.keyward.domain.id;

/// Identifies a tenant: the unit of isolation, of ordering and of the environment limit.
///
/// A [RefusedException] with `INVALID_ID` is thrown if it is not as docs/contract.md, "Identifiers", says.
public record TenantId(String value) {
    public TenantId {
        Identifiers.parse("tenantId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
