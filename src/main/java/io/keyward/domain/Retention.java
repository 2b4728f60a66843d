package io.keyward.domain;

import java.time.Instant;

/// A key, or one version of it, that must be kept usable until that moment, though it is not in force (R9, R17, R22).
public record Retention(KeyReference key, Instant until) {}
