package io.keyward.topology.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows whose keys start with a prefix.
final class RowRange {
    private RowRange() {}

    /// Their keys, in order.
    static List<Bytes> keys(KeyValueStore<Bytes, byte[]> store, Bytes prefix) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(prefix, StoreKeys.last(prefix))) {
            rows.forEachRemaining(row -> keys.add(row.key));
        }
        return keys;
    }

    static void delete(KeyValueStore<Bytes, byte[]> store, Bytes prefix) {
        keys(store, prefix).forEach(store::delete);
    }
}
