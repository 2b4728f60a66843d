package io.keyward.bench.flink;

import io.keyward.bench.rules.TenantFacts;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/// The facts of the tenant whose record Flink is processing, in Flink's keyed state.
final class FlinkFacts implements TenantFacts {
    /// A separator: identifiers cannot contain it.
    private static final char END = 0;

    private final MapState<String, EnvironmentState> environments;
    private final MapState<String, KeyFacts> keys;
    private final MapState<String, Boolean> usage;
    private final MapState<String, Long> queue;
    private final ValueState<TenantState> tenant;

    FlinkFacts(RuntimeContext context) {
        StringSerializer text = StringSerializer.INSTANCE;
        environments =
                context.getMapState(new MapStateDescriptor<>("environments", text, CodecSerializer.ofEnvironments()));
        keys = context.getMapState(new MapStateDescriptor<>("keys", text, CodecSerializer.ofKeys()));
        usage = context.getMapState(new MapStateDescriptor<>("key-usage", text, BooleanSerializer.INSTANCE));
        queue = context.getMapState(new MapStateDescriptor<>("queue", text, LongSerializer.INSTANCE));
        tenant = context.getState(new ValueStateDescriptor<>("tenant", CodecSerializer.ofTenants()));
    }

    /// An access to state. It may throw any exception.
    private interface Access<T> {
        T run() throws Exception;
    }

    @Override
    public EnvironmentState environment(EnvironmentId environment) {
        return orElse(() -> environments.get(environment.value()), EnvironmentState.NONE);
    }

    @Override
    public void put(EnvironmentId environment, EnvironmentState state) {
        run(() -> environments.put(environment.value(), state));
    }

    @Override
    public KeyFacts key(KeyId key) {
        return orElse(() -> keys.get(prefix(key)), KeyFacts.NONE);
    }

    @Override
    public void put(KeyId key, KeyFacts facts) {
        run(() -> keys.put(prefix(key), facts));
    }

    @Override
    public List<EnvironmentId> users(KeyId key) {
        String prefix = prefix(key);
        List<EnvironmentId> users = new ArrayList<>();
        run(() -> {
            for (String use : usage.keys()) {
                if (use.startsWith(prefix)) {
                    users.add(new EnvironmentId(use.substring(prefix.length())));
                }
            }
        });
        return users;
    }

    @Override
    public void addUser(KeyId key, EnvironmentId environment) {
        run(() -> usage.put(prefix(key) + environment.value(), true));
    }

    @Override
    public void removeUser(KeyId key, EnvironmentId environment) {
        run(() -> usage.remove(prefix(key) + environment.value()));
    }

    @Override
    public TenantState tenant() {
        return orElse(tenant::value, TenantState.NONE);
    }

    @Override
    public void put(TenantState state) {
        run(() -> tenant.update(state));
    }

    @Override
    public Optional<EnvironmentId> firstInQueue() {
        List<Map.Entry<String, Long>> places = new ArrayList<>();
        run(() -> queue.entries().forEach(queuedAt -> places.add(Map.entry(queuedAt.getKey(), queuedAt.getValue()))));
        return places.stream()
                .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(queuedAt -> new EnvironmentId(queuedAt.getKey()));
    }

    @Override
    public void enqueue(Instant queuedAt, EnvironmentId environment) {
        run(() -> queue.put(environment.value(), queuedAt.toEpochMilli()));
    }

    @Override
    public void dequeue(Instant queuedAt, EnvironmentId environment) {
        run(() -> queue.remove(environment.value()));
    }

    private static String prefix(KeyId key) {
        return key.vaultUri() + END + key.keyName() + END;
    }

    private static <T> T orElse(Access<T> access, T none) {
        try {
            T found = access.run();
            return found == null ? none : found;
        } catch (Exception failure) {
            throw new IllegalStateException("Flink's state cannot be used", failure);
        }
    }

    /// A change of state. It may throw any exception.
    private interface Change {
        void run() throws Exception;
    }

    private static void run(Change change) {
        Boolean _ = orElse(
                () -> {
                    change.run();
                    return true;
                },
                true);
    }
}
