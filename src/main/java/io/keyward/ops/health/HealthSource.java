package io.keyward.ops.health;

/// Tells how an instance is; asked anew for each request.
public interface HealthSource {
    /// Whether the instance can still get anywhere by itself; if not, it has to be restarted.
    Health liveness();

    /// Whether the instance does its work now.
    Health readiness();
}
