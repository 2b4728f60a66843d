package io.keyward.domain.decision;

import java.time.Instant;

/// From when on, and by which rule, an environment's data must not reach a sink (R14).
public record Suppressed(Instant since, Rule reason) {}
