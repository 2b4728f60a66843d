package io.keyward.topology.store;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Where the stores are kept. In both cases, their changelogs are the durable copy.
public enum StoreKind {
    /// On disk: for any size, with a fast restart.
    ROCKSDB,
    /// On the heap: fastest, but restored completely at every start.
    MEMORY;

    /// A store of that name, with a changelog and without Kafka Streams' cache, which does not help this access
    /// pattern.
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(new Supplier(name, this), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /// Creates stores of that name that maintain the digest of their rows.
    private record Supplier(String name, StoreKind kind) implements KeyValueBytesStoreSupplier {
        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new DigestedStore(
                    switch (kind) {
                        case ROCKSDB -> new RocksStore(name, metricsScope(), RocksStore.REWRITTEN);
                        case MEMORY -> new HeapStore(name);
                    });
        }

        @Override
        public String metricsScope() {
            return kind == ROCKSDB ? "rocksdb" : "in-memory";
        }
    }
}
