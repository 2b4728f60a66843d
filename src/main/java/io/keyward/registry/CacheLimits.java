package io.keyward.registry;

import java.time.Duration;

/// How long it is believed that a schema does not exist, and how many answers of a kind are kept.
public record CacheLimits(Duration missing, int answers) {}
