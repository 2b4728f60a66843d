package io.keyward.topology.store;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;

/// Kafka Streams' store in RocksDB, without a position outside of answers to queries.
///
/// Kafka Streams asks for the position with every row that is written, and RocksDB's store then copies two positions,
/// which takes as long as the write. Only an internal setting, which Keyward does not set, adds the copy to the row's
/// record in the changelog (Kafka 4.4, `ProcessorContextImpl.logChange`).
final class RocksStore extends RocksDBStore {
    private RocksStore(String name, String metricsScope) {
        super(name, metricsScope);
    }

    /// Makes stores of that name.
    record Supplier(String name) implements KeyValueBytesStoreSupplier {
        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new RocksStore(name, metricsScope());
        }

        @Override
        public String metricsScope() {
            return "rocksdb";
        }
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }
}
