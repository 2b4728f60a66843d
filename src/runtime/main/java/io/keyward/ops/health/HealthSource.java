package io.keyward.ops.health;

/// Evaluates the health of an instance for each request.
@FunctionalInterface
public interface HealthSource {
    /// Fails only if a restart can help. Healthy by default, for a process that exits when it cannot continue.
    default Health liveness() {
        return Health.GOOD;
    }

    /// Whether the instance processes records now.
    Health readiness();
}
