package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows of one kind in a store, as values; those used last need not be read and decoded again.
///
/// It must hold nothing that the store does not: a value goes to the store at once and is never written back later,
/// and before a put the one that was kept is forgotten, so that a put that fails leaves none behind. Nobody else may
/// write these rows while it lives, so a task makes a new one whenever it is initialised: it begins with nothing after
/// a restart, a rebalance, a restore, or a transaction that was aborted.
///
/// @param <V> immutable
final class CachedStore<V> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec<V> codec;
    private final V none;
    private final RowCache<V> cache;

    /// @param none the value of a row that is not there
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

    /// Nothing is changed when the value cannot be encoded.
    void put(Bytes key, V value) {
        byte[] row = codec.write(value);
        cache.remove(key);
        store.put(key, row);
        cache.put(key, value, row.length);
    }
}
