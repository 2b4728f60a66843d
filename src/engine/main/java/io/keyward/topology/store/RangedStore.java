package io.keyward.topology.store;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// A store that implements all other operations by get, put and range. By default it does not belong to a task of
/// Kafka Streams, so it does not open, close or restore anything.
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
