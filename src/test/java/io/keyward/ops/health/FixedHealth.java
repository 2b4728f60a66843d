package io.keyward.ops.health;

/// A health that does not change.
public record FixedHealth(Health liveness, Health readiness) implements HealthSource {}
