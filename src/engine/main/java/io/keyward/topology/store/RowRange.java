package io.keyward.topology.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Reads the keys of rows in order.
final class RowRange {
    private RowRange() {}

    /// Decodes the first `max` keys of a range. Null means no bound.
    static <T> List<T> first(
            KeyValueStore<Bytes, byte[]> store, Bytes from, Bytes to, int max, Function<Bytes, T> decode) {
        List<T> first = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, to)) {
            while (rows.hasNext() && first.size() < max) {
                first.add(decode.apply(rows.next().key));
            }
        }
        return first;
    }

    /// Decodes the first `max` keys that start with the prefix, after the given one or from the first.
    static <T> List<T> startingWith(
            KeyValueStore<Bytes, byte[]> store,
            Bytes prefix,
            Optional<Bytes> after,
            int max,
            Function<Bytes, T> decode) {
        return first(store, after.map(RowKeys::after).orElse(prefix), RowKeys.after(prefix), max, decode);
    }

    /// The first key of a range. Null means no bound.
    static Optional<Bytes> first(KeyValueStore<Bytes, byte[]> store, Bytes from, Bytes to) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, to)) {
            return rows.hasNext() ? Optional.of(rows.next().key) : Optional.empty();
        }
    }

    /// The keys that start with the prefix.
    static List<Bytes> keys(KeyValueStore<Bytes, byte[]> store, Bytes prefix) {
        return first(store, prefix, RowKeys.after(prefix), Integer.MAX_VALUE, Function.identity());
    }

    static void delete(KeyValueStore<Bytes, byte[]> store, Bytes prefix) {
        keys(store, prefix).forEach(store::delete);
    }
}
