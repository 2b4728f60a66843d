package io.keyward.topology.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// A cache of values by row key within a limit of bytes; the least recently used are evicted. For one thread.
///
/// The stored size of a row counts. Its value takes more than that on the heap.
final class RowCache<V> {
    /// The overhead of an entry, counted so that many small ones stay within the limit too.
    static final int ENTRY_OVERHEAD = 128;

    private record Entry<V>(V value, long bytes) {}

    private final Map<Bytes, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
    private final long maxBytes;
    private long heldBytes;

    /// @param maxBytes 0 caches nothing
    RowCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Optional<V> get(Bytes row) {
        return Optional.ofNullable(entries.get(row)).map(Entry::value);
    }

    /// Caches the value, unless it alone would exceed the limit.
    ///
    /// @param bytes the length of the stored value
    void put(Bytes row, V value, int bytes) {
        remove(row);
        long weight = (long) ENTRY_OVERHEAD + row.get().length + bytes;
        if (weight <= maxBytes) {
            entries.put(row, new Entry<>(value, weight));
            heldBytes += weight;
            makeRoom();
        }
    }

    void remove(Bytes row) {
        Entry<V> gone = entries.remove(row);
        heldBytes -= gone == null ? 0 : gone.bytes();
    }

    private void makeRoom() {
        Iterator<Entry<V>> eldestFirst = entries.values().iterator();
        while (heldBytes > maxBytes) {
            heldBytes -= eldestFirst.next().bytes();
            eldestFirst.remove();
        }
    }
}
