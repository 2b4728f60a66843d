package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// A store of values of one kind, with a cache of decoded values.
///
/// The cache never holds what the store does not. A put writes to the store at once, and removes the cached
/// value first, so a failed put leaves no wrong value behind. Nobody else may write these rows. A task
/// creates a new one whenever it is initialised, so the cache is empty after a restart, a rebalance, a
/// restore, or an aborted transaction.
///
/// @param <V> immutable
final class CachedStore<V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec<V> codec;
    private final V none;
    private final RowCache<V> cache;

    /// @param none the value of an absent row
    CachedStore(KeyValueStore<Bytes, byte[]> store, StateCodec<V> codec, V none, long cachedBytes) {
        this.store = store;
        this.codec = codec;
        this.none = none;
        this.cache = new RowCache<>(cachedBytes);
    }

    V get(Bytes key) {
        Optional<V> kept = cache.get(key);
        return kept.isPresent() ? kept.get() : read(key);
    }

    private V read(Bytes key) {
        byte[] row = store.get(key);
        V value = row == null ? none : codec.read(row);
        cache.put(key, value, row == null ? 0 : row.length);
        return value;
    }

    /// Deletes the rows whose keys start with the prefix; returns how many there were.
    int deleteAll(Bytes prefix) {
        List<Bytes> keys = RowRange.keys(store, prefix);
        keys.forEach(this::delete);
        return keys.size();
    }

    void delete(Bytes key) {
        cache.remove(key);
        store.delete(key);
    }

    /// Changes nothing if the value cannot be encoded.
    void put(Bytes key, V value) {
        byte[] row = codec.write(value);
        cache.remove(key);
        store.put(key, row);
        cache.put(key, value, row.length);
    }
}
