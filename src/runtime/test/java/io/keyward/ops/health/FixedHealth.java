package io.keyward.ops.health;

/// A constant health.
public record FixedHealth(Health liveness, Health readiness) implements HealthSource {}
