package io.keyward.topology.store;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The rows of some keys, without rows that have been deleted by the time they are reached.
final class HeapRows implements KeyValueIterator<Bytes, byte[]> {
    private final String store;
    private final Map<Bytes, byte[]> rows;
    private final Iterator<Bytes> keys;
    private KeyValue<Bytes, byte[]> next;
    private boolean closed;

    HeapRows(String store, Map<Bytes, byte[]> rows, Iterator<Bytes> keys) {
        this.store = store;
        this.rows = rows;
        this.keys = keys;
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            throw new IllegalStateException("The iterator of the store " + store + " is closed.");
        }
        while (next == null && keys.hasNext()) {
            Bytes key = keys.next();
            byte[] value = rows.get(key);
            next = value == null ? null : KeyValue.pair(key, value);
        }
        return next != null;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        KeyValue<Bytes, byte[]> row = next;
        next = null;
        return row;
    }

    @Override
    public Bytes peekNextKey() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return next.key;
    }

    @Override
    public void close() {
        closed = true;
    }
}
