package io.keyward.console.replica;

import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/// The database at one moment, restricted to visible rows. For one thread.
record ReplicaSnapshot(RocksDB database, Snapshot snapshot, ReadOptions options, VisibleRows visible)
        implements AutoCloseable {
    static ReplicaSnapshot now(RocksDB database, VisibleRows visible) {
        Snapshot snapshot = database.getSnapshot();
        return new ReplicaSnapshot(database, snapshot, new ReadOptions().setSnapshot(snapshot), visible);
    }

    Optional<byte[]> get(byte[] key) {
        if (!visible.shows(key)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(database.get(options, key));
        } catch (RocksDBException failure) {
            throw new ReplicaException("The replica cannot be read: " + failure.getMessage(), failure);
        }
    }

    /// The rows with a prefix, in order. The caller must close it.
    Scan scan(byte[] prefix) {
        return scan(prefix, Scan.OPEN, Scan.OPEN, true);
    }

    /// The rows from `from` (inclusive) to `to` (exclusive), both without the prefix. The caller must close it.
    ///
    /// @param forward whether the order is ascending
    Scan scan(byte[] prefix, byte[] from, byte[] to, boolean forward) {
        return new Scan(this, prefix, from, to, forward);
    }

    /// The first key of those rows, without the prefix.
    Optional<byte[]> first(byte[] prefix, byte[] from, byte[] to) {
        try (Scan rows = scan(prefix, from, to, true)) {
            return rows.hasNext() ? Optional.of(rows.peekNextKey().get()) : Optional.empty();
        }
    }

    boolean holds(byte[] prefix) {
        return first(prefix, Scan.OPEN, Scan.OPEN).isPresent();
    }

    /// How many rows have a prefix.
    ///
    /// @param most the count stops here
    int count(byte[] prefix, int most) {
        try (Scan rows = scan(prefix)) {
            int count = 0;
            for (; count < most && rows.hasNext(); rows.nextKey()) {
                count++;
            }
            return count;
        }
    }

    @Override
    public void close() {
        options.close();
        database.releaseSnapshot(snapshot);
        snapshot.close();
    }
}
