package io.keyward.domain.id;

/// Identifies an enterprise policy within its tenant.
///
/// Ids of events are checked where they are read ([Identifiers#parse]).
public record PolicyId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
