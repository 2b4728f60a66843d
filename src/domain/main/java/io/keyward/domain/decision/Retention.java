package io.keyward.domain.decision;

import io.keyward.domain.id.KeyReference;
import java.time.Instant;

/// A key, or one version of it, that must be usable until that time although it is not in force (R9, R17, R22).
public record Retention(KeyReference key, Instant until) {}
