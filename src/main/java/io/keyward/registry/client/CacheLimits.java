package io.keyward.registry.client;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// How long answers that may change are believed, that a schema does not exist and which version is the latest, and
/// how many answers of a kind are kept.
public record CacheLimits(Duration missing, Duration latest, int answers) {
    /// Never asked again.
    static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
}
