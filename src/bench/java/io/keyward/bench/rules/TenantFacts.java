package io.keyward.bench.rules;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The stored values of one tenant. Each subject has its own store.
public interface TenantFacts {
    /// The environment's state; [EnvironmentState#NONE] if there is none.
    EnvironmentState environment(EnvironmentId environment);

    void put(EnvironmentId environment, EnvironmentState state);

    /// The key's facts; [KeyFacts#NONE] if there are none.
    KeyFacts key(KeyId key);

    void put(KeyId key, KeyFacts facts);

    /// The environments that use the key.
    List<EnvironmentId> users(KeyId key);

    void addUser(KeyId key, EnvironmentId environment);

    void removeUser(KeyId key, EnvironmentId environment);

    /// The tenant's own state; [TenantState#NONE] if there is none.
    TenantState tenant();

    void put(TenantState state);

    /// The environment that has waited longest for a slot.
    Optional<EnvironmentId> firstInQueue();

    void enqueue(Instant queuedAt, EnvironmentId environment);

    void dequeue(Instant queuedAt, EnvironmentId environment);
}
