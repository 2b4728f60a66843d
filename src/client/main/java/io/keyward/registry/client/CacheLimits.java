package io.keyward.registry.client;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// Limits of the cache. `missing` is how long a missing schema is cached, `latest` how long the latest version
/// is cached. `answers` is the maximum number of cached answers of each kind.
public record CacheLimits(Duration missing, Duration latest, int answers) {
    /// Cached answers do not expire.
    static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
}
