package io.keyward.console.replica;

import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/// The database at one moment. For one thread.
final class Frozen implements AutoCloseable {
    private final RocksDB database;
    private final Snapshot snapshot;
    private final ReadOptions options;

    Frozen(RocksDB database) {
        this.database = database;
        this.snapshot = database.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    Optional<byte[]> get(byte[] key) {
        try {
            return Optional.ofNullable(database.get(options, key));
        } catch (RocksDBException failure) {
            throw new ReplicaException("The replica cannot be read: " + failure.getMessage(), failure);
        }
    }

    /// The rows with a prefix, in order. To be closed.
    Scan scan(byte[] prefix) {
        return scan(prefix, Scan.OPEN, Scan.OPEN, true);
    }

    /// Those from `from` (inclusive) to `to` (exclusive), both without the prefix. To be closed.
    ///
    /// @param forward whether the first one comes first
    Scan scan(byte[] prefix, byte[] from, byte[] to, boolean forward) {
        return new Scan(database, snapshot, prefix, from, to, forward);
    }

    boolean holds(byte[] prefix) {
        try (Scan rows = scan(prefix)) {
            return rows.hasNext();
        }
    }

    /// How many rows have a prefix.
    ///
    /// @param most where counting ends
    int count(byte[] prefix, int most) {
        try (Scan rows = scan(prefix)) {
            int count = 0;
            for (; count < most && rows.hasNext(); rows.next()) {
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
