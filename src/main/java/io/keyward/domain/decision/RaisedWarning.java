package io.keyward.domain.decision;

import java.time.Instant;
import java.util.Set;

/// A warning that readers believe to be open.
///
/// @param at when it was raised
/// @param causes what holds it open now, of the causes that its text tells; empty where it tells none
public record RaisedWarning(Instant at, Set<String> causes) {
    public RaisedWarning {
        causes = Set.copyOf(causes);
    }
}
