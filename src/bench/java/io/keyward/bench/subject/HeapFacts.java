package io.keyward.bench.subject;

import io.keyward.bench.rules.TenantFacts;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// A tenant's facts as objects in hash maps, with a listener for changes.
public final class HeapFacts implements TenantFacts {
    private final Map<EnvironmentId, EnvironmentState> environments = new HashMap<>();
    private final Map<KeyId, KeyFacts> keys = new HashMap<>();
    private final Map<KeyId, SequencedSet<EnvironmentId>> users = new HashMap<>();
    private final TreeSet<QueueEntry> queue = new TreeSet<>(Comparator.comparing(QueueEntry::since)
            .thenComparing(entry -> entry.environment().value()));
    private final BiConsumer<Object, Object> changes;
    private TenantState state = TenantState.NONE;

    private record QueueEntry(Instant since, EnvironmentId environment) {}

    private record Use(KeyId key, EnvironmentId environment) {}

    /// Creates facts that report each change.
    ///
    /// @param changes receives the name of the row in the tenant and its new value, or a boolean for a row that
    /// only exists or not
    public HeapFacts(BiConsumer<Object, Object> changes) {
        this.changes = changes;
    }

    @Override
    public EnvironmentState environment(EnvironmentId environment) {
        return environments.getOrDefault(environment, EnvironmentState.NONE);
    }

    @Override
    public void put(EnvironmentId environment, EnvironmentState after) {
        environments.put(environment, after);
        changes.accept(environment, after);
    }

    @Override
    public KeyFacts key(KeyId key) {
        return keys.getOrDefault(key, KeyFacts.NONE);
    }

    @Override
    public void put(KeyId key, KeyFacts facts) {
        keys.put(key, facts);
        changes.accept(key, facts);
    }

    @Override
    public List<EnvironmentId> users(KeyId key) {
        return List.copyOf(users.getOrDefault(key, new LinkedHashSet<>()));
    }

    @Override
    public void addUser(KeyId key, EnvironmentId environment) {
        users.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(environment);
        changes.accept(new Use(key, environment), true);
    }

    @Override
    public void removeUser(KeyId key, EnvironmentId environment) {
        users.getOrDefault(key, new LinkedHashSet<>()).remove(environment);
        changes.accept(new Use(key, environment), false);
    }

    @Override
    public TenantState tenant() {
        return state;
    }

    @Override
    public void put(TenantState after) {
        state = after;
        changes.accept("", after);
    }

    @Override
    public Optional<EnvironmentId> firstInQueue() {
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first().environment());
    }

    @Override
    public void enqueue(Instant since, EnvironmentId environment) {
        QueueEntry entry = new QueueEntry(since, environment);
        queue.add(entry);
        changes.accept(entry, true);
    }

    @Override
    public void dequeue(Instant since, EnvironmentId environment) {
        QueueEntry entry = new QueueEntry(since, environment);
        queue.remove(entry);
        changes.accept(entry, false);
    }
}
