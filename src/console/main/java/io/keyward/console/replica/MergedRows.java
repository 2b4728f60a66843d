package io.keyward.console.replica;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/// Two walks through rows as one, in the order of both. Of two rows with the same key the first walk's counts; one
/// without a value is left out.
public final class MergedRows implements KeyValueIterator<Bytes, byte[]> {
    private final Walk first;
    private final Walk second;
    private final Comparator<Bytes> order;
    private Optional<KeyValue<Bytes, byte[]>> next = Optional.empty();

    /// @param order of both walks
    public MergedRows(
            Iterator<KeyValue<Bytes, byte[]>> first,
            Iterator<KeyValue<Bytes, byte[]>> second,
            Comparator<Bytes> order) {
        this.first = new Walk(first);
        this.second = new Walk(second);
        this.order = order;
        advance();
    }

    /// One of the walks, with the row that it stands at.
    private static final class Walk {
        private final Iterator<KeyValue<Bytes, byte[]>> rows;
        private Optional<KeyValue<Bytes, byte[]>> row;

        Walk(Iterator<KeyValue<Bytes, byte[]>> rows) {
            this.rows = rows;
            advance();
        }

        void advance() {
            row = rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        }

        void close() {
            if (rows instanceof KeyValueIterator<?, ?> open) {
                open.close();
            }
        }
    }

    private void advance() {
        do {
            int compared = compare();
            next = compared <= 0 ? first.row : second.row;
            if (compared <= 0) {
                first.advance();
            }
            if (compared >= 0) {
                second.advance();
            }
        } while (next.isPresent() && next.get().value == null);
    }

    /// Negative if the first walk's row comes first, or if the second one is at its end.
    private int compare() {
        if (first.row.isEmpty() || second.row.isEmpty()) {
            return second.row.isEmpty() ? -1 : 1;
        }
        return order.compare(first.row.get().key, second.row.get().key);
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
        first.close();
        second.close();
    }
}
