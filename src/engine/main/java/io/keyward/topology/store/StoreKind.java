package io.keyward.topology.store;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Where the stores are kept. Their changelogs are the durable copy in both cases.
public enum StoreKind {
    /// On disk: for any size, with a fast restart.
    ROCKSDB,
    /// On the heap: fastest, but restored completely at every start.
    MEMORY;

    /// A store of that name with a changelog and without Kafka Streams' cache, which does not help our access
    /// pattern.
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        KeyValueBytesStoreSupplier supplier = switch (this) {
            case ROCKSDB -> new RocksStore.Supplier(name, RocksStore.REWRITTEN);
            case MEMORY -> new HeapStore.Supplier(name);
        };
        return Stores.keyValueStoreBuilder(new Digested(supplier), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /// Makes stores that know the digest of their rows.
    private record Digested(KeyValueBytesStoreSupplier stores) implements KeyValueBytesStoreSupplier {
        @Override
        public String name() {
            return stores.name();
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new DigestedStore(stores.get());
        }

        @Override
        public String metricsScope() {
            return stores.metricsScope();
        }
    }
}
