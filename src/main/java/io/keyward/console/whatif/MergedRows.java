package io.keyward.console.whatif;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The rows of a store with changes laid over them, in the order of both. A change replaces the row of its key; an
/// empty one leaves it out.
final class MergedRows implements KeyValueIterator<Bytes, byte[]> {
    private final KeyValueIterator<Bytes, byte[]> rows;
    private final Iterator<Map.Entry<Bytes, Optional<byte[]>>> changes;
    private final Comparator<Bytes> order;
    private Optional<KeyValue<Bytes, byte[]>> row = Optional.empty();
    private Optional<Map.Entry<Bytes, Optional<byte[]>>> change = Optional.empty();
    private Optional<KeyValue<Bytes, byte[]>> next = Optional.empty();

    private MergedRows(
            KeyValueIterator<Bytes, byte[]> rows,
            Iterator<Map.Entry<Bytes, Optional<byte[]>>> changes,
            Comparator<Bytes> order) {
        this.rows = rows;
        this.changes = changes;
        this.order = order;
        nextRow();
        nextChange();
        advance();
    }

    static MergedRows ascending(KeyValueIterator<Bytes, byte[]> rows, NavigableMap<Bytes, Optional<byte[]>> changes) {
        return new MergedRows(rows, changes.entrySet().iterator(), Comparator.naturalOrder());
    }

    /// @param rows in descending order
    /// @param changes in descending order
    static MergedRows descending(KeyValueIterator<Bytes, byte[]> rows, NavigableMap<Bytes, Optional<byte[]>> changes) {
        return new MergedRows(rows, changes.entrySet().iterator(), Comparator.reverseOrder());
    }

    private void nextRow() {
        row = rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    private void nextChange() {
        change = changes.hasNext() ? Optional.of(changes.next()) : Optional.empty();
    }

    private void advance() {
        next = Optional.empty();
        while (next.isEmpty() && (row.isPresent() || change.isPresent())) {
            int compared = compareHeads();
            if (compared < 0) {
                next = row;
            } else {
                Map.Entry<Bytes, Optional<byte[]>> changed = change.orElseThrow();
                next = changed.getValue().map(value -> KeyValue.pair(changed.getKey(), value));
                nextChange();
            }
            if (compared <= 0) {
                nextRow();
            }
        }
    }

    /// Negative if the row comes before the change, or if no change is left.
    private int compareHeads() {
        if (change.isEmpty()) {
            return -1;
        }
        return row.map(stored -> order.compare(stored.key, change.get().getKey()))
                .orElse(1);
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public Bytes peekNextKey() {
        return next.orElseThrow(NoSuchElementException::new).key;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        KeyValue<Bytes, byte[]> found = next.orElseThrow(NoSuchElementException::new);
        advance();
        return found;
    }

    @Override
    public void close() {
        rows.close();
    }
}
