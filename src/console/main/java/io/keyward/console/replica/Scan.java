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

/// A walk through rows with the same prefix. Their keys come without it.
final class Scan implements KeyValueIterator<Bytes, byte[]> {
    /// Where a walk begins at the first row, or ends after the last one.
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

    /// How many hidden rows are read one by one before the next visible one is sought: a step costs less.
    private static final int STEPS = 8;

    /// @param from the first key without the prefix
    /// @param to where the keys end without the prefix, exclusive
    /// @param forward whether it begins with the first row; otherwise with the last one
    Scan(ReplicaSnapshot frozen, byte[] prefix, byte[] from, byte[] to, boolean forward) {
        byte[] first = KeyWriter.joined(prefix, from);
        byte[] end = to.length == 0 ? KeyWriter.after(prefix) : KeyWriter.joined(prefix, to);
        this.prefix = prefix.length;
        this.lower = new Slice(first);
        this.upper = new Slice(KeyWriter.later(end, first));
        this.options = new ReadOptions()
                .setSnapshot(frozen.snapshot())
                .setIterateLowerBound(lower)
                .setIterateUpperBound(upper);
        this.rows = frozen.database().newIterator(options);
        this.visible = frozen.visible();
        this.forward = forward;
        if (forward) {
            rows.seekToFirst();
        } else {
            rows.seekToLast();
        }
        passHidden();
    }

    /// Goes to the first row from here on that is shown. The key of each row is fetched once: calls of native code
    /// are most of what a row costs.
    private void passHidden() {
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

    /// Whether there is a next row, and its key begins as that one does, up to a length.
    boolean goesOn(byte[] like, int length) {
        return hasNext() && begins(key, prefix, like, length);
    }

    /// Whether a row begins, from a place on, as that one does up to a length.
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
        passHidden();
        return row;
    }

    /// The same without fetching the value.
    byte[] nextKey() {
        byte[] next = peekNextKey().get();
        step();
        passHidden();
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
