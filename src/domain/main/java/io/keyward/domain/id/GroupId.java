package io.keyward.domain.id;

/// Identifies a hosted machine group within its environment.
///
/// A [RefusedException] with `INVALID_ID` is thrown if the text may not be part of a record key
/// (docs/contract.md, "Identifiers").
public record GroupId(String value) {
    public GroupId {
        Identifiers.requireValid("groupId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
