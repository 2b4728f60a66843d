package io.keyward.topology.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// Values by the key of their row, within a bound of bytes: those used least recently go first. For one thread.
///
/// What counts is how large a row is as it is stored. The value takes more than that on the heap.
final class RowCache<V> {
    /// What an entry takes besides its row, so that many small ones stay within the bound too.
    static final int ENTRY_OVERHEAD = 128;

    private record Entry<V>(V value, long bytes) {}

    private final Map<Bytes, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
    private final long maxBytes;
    private long heldBytes;

    /// @param most bytes; 0 keeps nothing
    RowCache(long most) {
        this.maxBytes = most;
    }

    Optional<V> get(Bytes row) {
        return Optional.ofNullable(entries.get(row)).map(Entry::value);
    }

    /// Keeps the value, unless it alone would exceed the bound.
    ///
    /// @param bytes the length of the row's value as it is stored
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
