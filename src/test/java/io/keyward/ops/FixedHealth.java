package io.keyward.ops;

/// A health that does not change.
record FixedHealth(Health liveness, Health readiness) implements HealthSource {}
