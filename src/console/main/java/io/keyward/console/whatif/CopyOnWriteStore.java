package io.keyward.console.whatif;

import io.keyward.console.replica.MergedRows;
import io.keyward.topology.store.RangedStore;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// A store that reads through to another one and keeps changes to itself. For one thread.
///
/// The other store must not change meanwhile. It can be a copy-on-write store itself. Prefix scans are not
/// supported, as the interface allows: the topology reads its stores by range.
final class CopyOnWriteStore implements RangedStore {
    private final KeyValueStore<Bytes, byte[]> base;

    /// Rows by key; empty for a deleted one. A skip list, because its iterators allow concurrent writes.
    private final NavigableMap<Bytes, Optional<byte[]>> changes;

    /// For each key written since the mark, the row at the mark; empty if there was none.
    private final NavigableMap<Bytes, Optional<byte[]>> replaced = new ConcurrentSkipListMap<>();

    CopyOnWriteStore(KeyValueStore<Bytes, byte[]> base) {
        this(base, new ConcurrentSkipListMap<>());
    }

    private CopyOnWriteStore(KeyValueStore<Bytes, byte[]> base, NavigableMap<Bytes, Optional<byte[]>> changes) {
        this.base = base;
        this.changes = changes;
    }

    /// Records the current rows as those at the mark.
    void mark() {
        replaced.clear();
    }

    /// The rows at the last mark, or as they were initially. Read-only, valid until the next mark.
    KeyValueStore<Bytes, byte[]> atMark() {
        return new CopyOnWriteStore(this, replaced);
    }

    @Override
    public byte[] get(Bytes key) {
        Optional<byte[]> change = changes.get(key);
        return change == null ? base.get(key) : change.orElse(null);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        replaced.computeIfAbsent(key, _ -> Optional.ofNullable(get(key)));
        changes.put(key, Optional.ofNullable(value));
    }

    @Override
    public byte[] delete(Bytes key) {
        byte[] present = get(key);
        put(key, null);
        return present;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new MergedRows(rows(changed(from, to)), base.range(from, to), Comparator.naturalOrder());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return new MergedRows(
                rows(changed(from, to).descendingMap()), base.reverseRange(from, to), Comparator.reverseOrder());
    }

    /// Deleted rows have a null value.
    private static Iterator<KeyValue<Bytes, byte[]>> rows(Map<Bytes, Optional<byte[]>> changes) {
        return changes.entrySet().stream()
                .map(change -> KeyValue.pair(change.getKey(), change.getValue().orElse(null)))
                .iterator();
    }

    /// The changes between two keys, inclusive. A null key means no bound, as in the interface.
    private NavigableMap<Bytes, Optional<byte[]>> changed(Bytes from, Bytes to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            return Collections.emptyNavigableMap();
        }
        NavigableMap<Bytes, Optional<byte[]>> notBefore = from == null ? changes : changes.tailMap(from, true);
        return to == null ? notBefore : notBefore.headMap(to, true);
    }

    @Override
    public String name() {
        return base.name();
    }
}
