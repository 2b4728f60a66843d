package io.keyward.ops.health;

/// Evaluates the health of an instance for each request.
public interface HealthSource {
    /// Fails when only a restart can help.
    Health liveness();

    /// Whether the instance processes records now.
    Health readiness();
}
