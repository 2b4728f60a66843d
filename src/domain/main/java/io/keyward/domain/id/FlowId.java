package io.keyward.domain.id;

/// Identifies a flow within its environment.
///
/// Ids of events are checked where they are read ([Identifiers#parse]).
public record FlowId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
