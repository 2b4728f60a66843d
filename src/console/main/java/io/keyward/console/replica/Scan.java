package io.keyward.console.replica;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// An iterator over rows with a common prefix. The keys that it returns do not include the prefix.
final class Scan implements KeyValueIterator<Bytes, byte[]> {
    /// As a start or end: no bound.
    static final byte[] OPEN = {};

    private final int prefix;
    private final Slice lower;
    private final Slice upper;
    private final ReadOptions options;
    private final RocksIterator rows;
    private final VisibleRows visible;
    private final boolean forward;

    /// The key of the next row; null at the end.
    private byte[] key;

    /// How many hidden rows are stepped over before it seeks the next visible one: a step is cheaper than a seek.
    private static final int STEPS = 8;

    /// @param from the first key without the prefix
    /// @param to the end of the keys without the prefix, exclusive
    /// @param forward whether the order is ascending
    Scan(ReplicaSnapshot snapshot, byte[] prefix, byte[] from, byte[] to, boolean forward) {
        byte[] first = KeyWriter.joined(prefix, from);
        byte[] end = to.length == 0 ? KeyWriter.after(prefix) : KeyWriter.joined(prefix, to);
        this.prefix = prefix.length;
        this.lower = new Slice(first);
        this.upper = new Slice(KeyWriter.later(end, first));
        this.options = new ReadOptions()
                .setSnapshot(snapshot.snapshot())
                .setIterateLowerBound(lower)
                .setIterateUpperBound(upper);
        this.rows = snapshot.database().newIterator(options);
        this.visible = snapshot.visible();
        this.forward = forward;
        if (forward) {
            rows.seekToFirst();
        } else {
            rows.seekToLast();
        }
        skipHidden();
    }

    /// Moves to the next visible row, which may be the current one. Fetches the key of each row only once,
    /// because native calls dominate the cost of a row.
    private void skipHidden() {
        Optional<byte[]> next = nextVisible();
        for (int steps = 1; next.isPresent(); steps++) {
            if (forward && steps % STEPS == 0) {
                rows.seek(next.get());
            } else {
                step();
            }
            next = nextVisible();
        }
    }

    private Optional<byte[]> nextVisible() {
        key = rows.isValid() ? rows.key() : null;
        return key == null ? Optional.empty() : visible.next(key);
    }

    private void step() {
        if (forward) {
            rows.next();
        } else {
            rows.prev();
        }
    }

    @Override
    public boolean hasNext() {
        if (key != null) {
            return true;
        }
        try {
            rows.status();
        } catch (RocksDBException failure) {
            throw new ReplicaException("The replica cannot be read: " + failure.getMessage(), failure);
        }
        return false;
    }

    /// Whether there is a next row whose key has the first `length` bytes in common with `like`.
    boolean hasNextLike(byte[] like, int length) {
        return hasNext() && begins(key, prefix, like, length);
    }

    /// Whether a row has, from an index on, the first `length` bytes of `like`.
    static boolean begins(byte[] row, int from, byte[] like, int length) {
        return Arrays.equals(row, from, Math.min(from + length, row.length), like, 0, length);
    }

    @Override
    public Bytes peekNextKey() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return Bytes.wrap(Arrays.copyOfRange(key, prefix, key.length));
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        KeyValue<Bytes, byte[]> row = KeyValue.pair(peekNextKey(), rows.value());
        step();
        skipHidden();
        return row;
    }

    /// The same without fetching the value.
    byte[] nextKey() {
        byte[] next = peekNextKey().get();
        step();
        skipHidden();
        return next;
    }

    @Override
    public void close() {
        rows.close();
        options.close();
        upper.close();
        lower.close();
    }
}
