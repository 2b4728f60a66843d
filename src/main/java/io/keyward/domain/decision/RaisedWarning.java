package io.keyward.domain.decision;

import java.time.Instant;
import java.util.Set;

/// A warning that was published as open.
///
/// @param at when it was raised
/// @param causes those causes named in its text that hold it open now; empty if its text names none
public record RaisedWarning(Instant at, Set<String> causes) {
    public RaisedWarning {
        causes = Set.copyOf(causes);
    }
}
