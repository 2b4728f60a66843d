package io.keyward.registry;

import java.time.Duration;

/// How long it is believed that a schema does not exist, that a version is the latest, and how many schemas are kept.
public record CacheLimits(Duration missing, Duration latest, int schemas) {}
