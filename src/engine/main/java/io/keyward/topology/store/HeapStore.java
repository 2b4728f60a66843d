package io.keyward.topology.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.internals.StoreQueryUtils;

/// A store on the heap. Rows are looked up and overwritten by hash; a separate sorted set of keys changes only
/// when a key is added or removed.
///
/// One thread writes at a time; any thread may read at the same time. There are no locks, so no thread waits
/// for another. An iterator returns every row that exists during its whole lifetime, in order, with its value
/// at the time it is reached. It may return rows that are added after its creation, and never fails because
/// of concurrent writes.
///
/// There are no transactions: queries see uncommitted rows, whatever the settings are. Rows of an aborted
/// transaction are discarded with the task, which restores its stores from their changelogs.
final class HeapStore implements RangedStore {
    private final String name;
    private final Map<Bytes, byte[]> rows = new ConcurrentHashMap<>();
    private final NavigableSet<Bytes> keys = new ConcurrentSkipListSet<>();
    private final Position position = Position.emptyPosition();
    private StateStoreContext context;
    private volatile boolean open;

    HeapStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        context = stateStoreContext;
        open = true;
        context.register(root, (BatchingStateRestoreCallback)
                records -> records.forEach(row -> write(Bytes.wrap(row.key), row.value)));
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        keys.clear();
        rows.clear();
    }

    @Override
    public byte[] get(Bytes key) {
        return rows.get(key);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        exchange(key, value);
    }

    @Override
    public byte[] delete(Bytes key) {
        return exchange(key, null);
    }

    private byte[] exchange(Bytes key, byte[] value) {
        byte[] before = write(key, value);
        StoreQueryUtils.updatePosition(position, context);
        return before;
    }

    /// A reader that finds a key without its row, or a row without its key, treats the row as absent.
    private byte[] write(Bytes key, byte[] value) {
        byte[] before = value == null ? rows.remove(key) : rows.put(key, value);
        if (before == null && value != null) {
            keys.add(key);
        } else if (before != null && value == null) {
            keys.remove(key);
        }
        return before;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return rowsOf(between(from, to).iterator());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return rowsOf(between(from, to).descendingIterator());
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
        byte[] start = serializer.serialize(null, prefix);
        return rowsOf(keys.tailSet(Bytes.wrap(start)).stream()
                .takeWhile(key -> startsWith(key.get(), start))
                .iterator());
    }

    private static boolean startsWith(byte[] key, byte[] start) {
        return key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }

    private KeyValueIterator<Bytes, byte[]> rowsOf(Iterator<Bytes> wanted) {
        return new HeapRows(name, rows, wanted);
    }

    /// Both bounds are inclusive; null means no bound.
    private NavigableSet<Bytes> between(Bytes from, Bytes to) {
        if (from == null) {
            return to == null ? keys : keys.headSet(to, true);
        }
        if (to == null) {
            return keys.tailSet(from, true);
        }
        return from.compareTo(to) <= 0 ? keys.subSet(from, true, to, true) : keys.subSet(from, true, from, false);
    }

    @Override
    public long approximateNumEntries() {
        return rows.size();
    }

    @Override
    public Position getPosition() {
        return position;
    }

    /// The rows of a result are at least as new as its position.
    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        return StoreQueryUtils.handleBasicQueries(query, bound, config, this, position.copy(), context);
    }
}
