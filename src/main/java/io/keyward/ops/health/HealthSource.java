package io.keyward.ops.health;

/// The health of an instance, evaluated for each request.
public interface HealthSource {
    /// Whether the instance can still get anywhere by itself; if not, it has to be restarted.
    Health liveness();

    /// Whether the instance does its work now.
    Health readiness();
}
