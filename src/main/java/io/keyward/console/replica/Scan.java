package io.keyward.console.replica;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// A walk through a range of the database. It stands at a row as long as it is valid.
final class Scan implements AutoCloseable {
    private final Slice lower;
    private final Slice upper;
    private final ReadOptions options;
    private final RocksIterator rows;
    private final boolean forward;

    private Scan(RocksDB database, Snapshot snapshot, byte[] from, byte[] to, boolean forward) {
        this.lower = new Slice(from);
        this.upper = new Slice(to);
        this.options = new ReadOptions()
                .setSnapshot(snapshot)
                .setIterateLowerBound(lower)
                .setIterateUpperBound(upper);
        this.rows = database.newIterator(options);
        this.forward = forward;
    }

    static Scan forward(RocksDB database, Snapshot snapshot, byte[] from, byte[] to) {
        Scan scan = new Scan(database, snapshot, from, to, true);
        scan.rows.seekToFirst();
        return scan;
    }

    static Scan backward(RocksDB database, Snapshot snapshot, byte[] from, byte[] to) {
        Scan scan = new Scan(database, snapshot, from, to, false);
        scan.rows.seekToLast();
        return scan;
    }

    boolean isValid() {
        if (rows.isValid()) {
            return true;
        }
        try {
            rows.status();
        } catch (RocksDBException failure) {
            throw new ReplicaException("The replica cannot be read: " + failure.getMessage(), failure);
        }
        return false;
    }

    byte[] key() {
        return rows.key();
    }

    byte[] value() {
        return rows.value();
    }

    void next() {
        if (forward) {
            rows.next();
        } else {
            rows.prev();
        }
    }

    @Override
    public void close() {
        rows.close();
        options.close();
        upper.close();
        lower.close();
    }
}
