package io.keyward.topology.store;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// A store of rows, all of whose operations follow from looking up, writing and ranges. Unless it says otherwise, it
/// belongs to no task of Kafka Streams: there is nothing to open, to close or to restore.
public interface RangedStore extends KeyValueStore<Bytes, byte[]> {
    @Override
    default void init(StateStoreContext context, StateStore root) {}

    @Override
    default void close() {}

    @Override
    default boolean persistent() {
        return false;
    }

    @Override
    default boolean isOpen() {
        return true;
    }

    @Override
    default long approximateNumEntries() {
        throw new UnsupportedOperationException("The rows of " + name() + " are not counted.");
    }

    @Override
    default byte[] putIfAbsent(Bytes key, byte[] value) {
        byte[] present = get(key);
        if (present == null) {
            put(key, value);
        }
        return present;
    }

    @Override
    default void putAll(List<KeyValue<Bytes, byte[]>> rows) {
        rows.forEach(row -> put(row.key, row.value));
    }

    @Override
    default KeyValueIterator<Bytes, byte[]> all() {
        return range(null, null);
    }

    @Override
    default KeyValueIterator<Bytes, byte[]> reverseAll() {
        return reverseRange(null, null);
    }
}
