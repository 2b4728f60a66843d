package io.keyward.domain.id;

/// Identifies a flow within its environment.
///
/// A [RefusedException] with `INVALID_ID` is thrown if the text is no identifier (docs/contract.md,
/// "Identifiers").
public record FlowId(String value) {
    public FlowId {
        Identifiers.requireValid("flowId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
