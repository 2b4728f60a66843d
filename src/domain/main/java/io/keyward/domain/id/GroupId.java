package io.keyward.domain.id;

/// Identifies a hosted machine group within its environment.
///
/// Ids of events are checked where they are read ([Identifiers#parse]).
public record GroupId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
