package io.keyward.topology.store;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// Stores in memory, without a topology and a changelog.
public final class TestStores {
    private TestStores() {}

    static KeyValueStore<Bytes, byte[]> named(String name) {
        return in(new MockProcessorContext<Void, Void>(), name);
    }

    /// The store as one that the context has.
    public static KeyValueStore<Bytes, byte[]> in(MockProcessorContext<?, ?> context, String name) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }
}
