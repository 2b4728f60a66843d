package io.keyward.ops.health;

/// Evaluates the health of an instance for each request.
@FunctionalInterface
public interface HealthSource {
    /// Fails when only a restart can help. By default never, as of a process that ends when it cannot go on.
    default Health liveness() {
        return Health.GOOD;
    }

    /// Whether the instance processes records now.
    Health readiness();
}
