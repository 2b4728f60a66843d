package io.keyward.domain;

import io.keyward.domain.decision.Publication;
import java.util.List;
import java.util.Optional;

/// The result of deciding an environment: what to store, what to publish, and why.
///
/// @param after the environment's new state
/// @param publications the records to publish, in order; empty if nothing changed for consumers
/// @param assessment what is true of the environment; empty while too little is known to decide it
public record DecisionResult(EnvironmentState after, List<Publication> publications, Optional<Assessment> assessment) {
    public DecisionResult {
        publications = List.copyOf(publications);
    }

    /// The reasons for the decision; empty without an assessment. Composed on each call.
    public List<Explanation> explanation() {
        return assessment.map(Assessment::explanation).orElse(List.of());
    }
}
