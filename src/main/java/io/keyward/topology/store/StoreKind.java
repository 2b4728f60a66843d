package io.keyward.topology.store;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Where the stores live; their changelogs are the truth in either case.
public enum StoreKind {
    /// On disk: any size, fast restart.
    ROCKSDB,
    /// On the heap: fastest, restored whole at every start.
    MEMORY;

    /// A store of that name, logged and without Kafka Streams' cache, which only costs under our access pattern.
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        KeyValueBytesStoreSupplier supplier = switch (this) {
            case ROCKSDB -> Stores.persistentKeyValueStore(name);
            case MEMORY -> HeapStore.supplier(name);
        };
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }
}
