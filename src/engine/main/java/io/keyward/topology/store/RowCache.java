package io.keyward.topology.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An LRU cache of values, limited in bytes. Not thread-safe.
///
/// The limit applies to the stored size of rows. A decoded value takes more than that on the heap.
final class RowCache<K, V> {
    /// The overhead of an entry in bytes, so that many small entries also stay within the limit.
    static final int ENTRY_OVERHEAD = 128;

    private record Entry<V>(V value, long bytes) {}

    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
    private final long maxBytes;
    private long heldBytes;

    /// @param maxBytes 0 caches nothing
    RowCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /// Caches the value, unless it alone would exceed the limit.
    ///
    /// @param bytes the length of the stored row: its key and its value
    void put(K key, V value, int bytes) {
        remove(key);
        long weight = (long) ENTRY_OVERHEAD + bytes;
        if (weight <= maxBytes) {
            entries.put(key, new Entry<>(value, weight));
            heldBytes += weight;
            makeRoom();
        }
    }

    void remove(K key) {
        Entry<V> removed = entries.remove(key);
        heldBytes -= removed == null ? 0 : removed.bytes();
    }

    void clear() {
        entries.clear();
        heldBytes = 0;
    }

    private void makeRoom() {
        Iterator<Entry<V>> eldestFirst = entries.values().iterator();
        while (heldBytes > maxBytes) {
            heldBytes -= eldestFirst.next().bytes();
            eldestFirst.remove();
        }
    }
}
