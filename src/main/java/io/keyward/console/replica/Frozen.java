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

    /// The rows from `from` (inclusive) to `to` (exclusive), in order. To be closed.
    Scan scan(byte[] from, byte[] to) {
        return Scan.forward(database, snapshot, from, KeyWriter.later(to, from));
    }

    /// The rows with a prefix, in order. To be closed.
    Scan scan(byte[] prefix) {
        return scan(prefix, KeyWriter.after(prefix));
    }

    /// The rows from `from` (inclusive) to `to` (exclusive), the last one first. To be closed.
    Scan reverse(byte[] from, byte[] to) {
        return Scan.backward(database, snapshot, from, KeyWriter.later(to, from));
    }

    boolean holds(byte[] prefix) {
        try (Scan rows = scan(prefix)) {
            return rows.isValid();
        }
    }

    @Override
    public void close() {
        options.close();
        database.releaseSnapshot(snapshot);
        snapshot.close();
    }
}
