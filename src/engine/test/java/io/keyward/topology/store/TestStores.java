package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The product's stores on the heap, without a topology and a changelog.
public final class TestStores {
    private TestStores() {}

    public static KeyValueStore<Bytes, byte[]> named(String name) {
        return in(new MockProcessorContext<Void, Void>(), name);
    }

    /// A store that fails on every call.
    @SuppressWarnings("unchecked")
    static KeyValueStore<Bytes, byte[]> unreadable() {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                TestStores.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (_, method, _) -> {
                    throw new AssertionError("unexpected call of " + method.getName());
                });
    }

    /// The store; reports the name of each method before it is called.
    @SuppressWarnings("unchecked")
    static KeyValueStore<Bytes, byte[]> observed(KeyValueStore<Bytes, byte[]> store, Consumer<String> observer) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                TestStores.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (_, method, arguments) -> {
                    observer.accept(method.getName());
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /// One partition, number 0, with these stores and no tenants.
    public static ActiveStores active(KeyValueStore<Bytes, byte[]> environments, KeyValueStore<Bytes, byte[]> keys) {
        return new ActiveStores() {
            @Override
            public Set<Integer> partitions() {
                return Set.of(0);
            }

            @Override
            public Optional<Stream<StoredEnvironment>> environments(int partition) {
                return Optional.of(StreamsStores.decoded(environments.all(), StreamsStores::environment));
            }

            @Override
            public Optional<Stream<TenantState>> tenants(int partition) {
                Bytes nothing = Bytes.wrap(new byte[] {0});
                return Optional.of(StreamsStores.decoded(environments.range(nothing, nothing), _ -> TenantState.NONE));
            }

            @Override
            public KeyFacts keyFacts(int partition, TenantId tenant, KeyId key) {
                byte[] row = keys.get(RowKeys.key(tenant, key));
                return row == null ? KeyFacts.NONE : StateCodec.KEYS.read(row);
            }

            @Override
            public Map<TopicPartition, Long> processedOffsets() {
                return Map.of();
            }
        };
    }

    /// The store as one that the context has.
    public static KeyValueStore<Bytes, byte[]> in(MockProcessorContext<?, ?> context, String name) {
        KeyValueStore<Bytes, byte[]> store =
                StoreKind.MEMORY.store(name).withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }
}
