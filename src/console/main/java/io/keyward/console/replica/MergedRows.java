package io.keyward.console.replica;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/// Merges two iterators over rows, each in the same order. If both have a row with the same key, the first
/// iterator's row is used; a row with a null value is left out.
public final class MergedRows implements KeyValueIterator<Bytes, byte[]> {
    private final Iterator<KeyValue<Bytes, byte[]>> first;
    private final Iterator<KeyValue<Bytes, byte[]>> second;
    private final Comparator<Bytes> order;

    /// The next row of each iterator, and of the merge; null at the end.
    private KeyValue<Bytes, byte[]> ofFirst;

    private KeyValue<Bytes, byte[]> ofSecond;
    private KeyValue<Bytes, byte[]> next;

    /// @param order the order of both iterators
    public MergedRows(
            Iterator<KeyValue<Bytes, byte[]>> first,
            Iterator<KeyValue<Bytes, byte[]>> second,
            Comparator<Bytes> order) {
        this.first = first;
        this.second = second;
        this.order = order;
        ofFirst = step(first);
        ofSecond = step(second);
        advance();
    }

    private static KeyValue<Bytes, byte[]> step(Iterator<KeyValue<Bytes, byte[]>> rows) {
        return rows.hasNext() ? rows.next() : null;
    }

    private void advance() {
        do {
            int compared = compare();
            next = compared <= 0 ? ofFirst : ofSecond;
            ofFirst = compared <= 0 ? step(first) : ofFirst;
            ofSecond = compared >= 0 ? step(second) : ofSecond;
        } while (next != null && next.value == null);
    }

    /// Negative or zero if the first iterator's row is next, or if the second iterator is at its end.
    private int compare() {
        if (ofFirst == null || ofSecond == null) {
            return ofSecond == null ? -1 : 1;
        }
        return order.compare(ofFirst.key, ofSecond.key);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    private KeyValue<Bytes, byte[]> peekNext() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    @Override
    public Bytes peekNextKey() {
        return peekNext().key;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        KeyValue<Bytes, byte[]> found = peekNext();
        advance();
        return found;
    }

    @Override
    public void close() {
        for (Iterator<?> walk : List.of(first, second)) {
            if (walk instanceof KeyValueIterator<?, ?> open) {
                open.close();
            }
        }
    }
}
