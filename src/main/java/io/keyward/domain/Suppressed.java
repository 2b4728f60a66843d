package io.keyward.domain;

import java.time.Instant;

/// From when on, and by which rule, an environment's data must not reach a sink (R14).
public record Suppressed(Instant since, Rule reason) {
    /// Whether it says the same to the pipeline: the reason alone is no news.
    boolean saysTheSameAs(Suppressed other) {
        return since.equals(other.since);
    }
}
