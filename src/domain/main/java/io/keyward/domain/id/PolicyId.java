package io.keyward.domain.id;

/// Identifies an enterprise policy within its tenant.
///
/// A [RefusedException] with `INVALID_ID` is thrown if the text may not be part of a record key
/// (docs/contract.md, "Identifiers").
public record PolicyId(String value) {
    public PolicyId {
        Identifiers.requireValid("policyId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
