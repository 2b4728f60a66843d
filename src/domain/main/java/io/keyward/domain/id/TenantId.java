package io.keyward.domain.id;

/// Identifies a tenant: the unit of isolation, of ordering and of the environment limit.
///
/// The constructor throws a [RefusedException] with `INVALID_ID` if the value violates docs/contract.md,
/// "Identifiers".
public record TenantId(String value) {
    public TenantId {
        Identifiers.parse("tenantId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
