package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// A store of values of one kind, with a cache of decoded values.
///
/// The cache never differs from the store. A put removes the cached value first and writes to the store at once,
/// so a failed put does not leave a wrong value. No other code may write these rows. A task creates a new
/// instance whenever it is initialised, so the cache is empty after a restart, a rebalance, a restore, or an
/// aborted transaction.
///
/// @param <K> the subject of a row; immutable
/// @param <V> immutable
final class CachedStore<K, V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Function<K, Bytes> rowOf;
    private final StateCodec<V> codec;
    private final V none;
    private final RowCache<K, V> cache;

    /// @param rowOf the row key of a subject
    /// @param none the value of an absent row
    CachedStore(
            KeyValueStore<Bytes, byte[]> store,
            Function<K, Bytes> rowOf,
            StateCodec<V> codec,
            V none,
            long cachedBytes) {
        this.store = store;
        this.rowOf = rowOf;
        this.codec = codec;
        this.none = none;
        this.cache = new RowCache<>(cachedBytes);
    }

    V get(K key) {
        Optional<V> kept = cache.get(key);
        return kept.isPresent() ? kept.get() : read(key);
    }

    private V read(K key) {
        Bytes row = rowOf.apply(key);
        byte[] stored = store.get(row);
        V value = stored == null ? none : codec.read(stored);
        cache.put(key, value, row.get().length + (stored == null ? 0 : stored.length));
        return value;
    }

    /// Deletes the rows whose keys start with the prefix, and returns their number. Clears the cache.
    int deleteAll(Bytes prefix) {
        cache.clear();
        List<Bytes> rows = RowRange.keys(store, prefix);
        rows.forEach(store::delete);
        return rows.size();
    }

    void delete(K key) {
        cache.remove(key);
        store.delete(rowOf.apply(key));
    }

    /// If the value cannot be encoded, nothing changes.
    void put(K key, V value) {
        Bytes row = rowOf.apply(key);
        byte[] stored = codec.write(value);
        cache.remove(key);
        store.put(row, stored);
        cache.put(key, value, row.get().length + stored.length);
    }
}
