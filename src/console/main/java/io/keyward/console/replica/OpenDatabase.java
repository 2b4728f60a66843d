package io.keyward.console.replica;

import io.keyward.topology.store.RocksMemory;
import java.io.IOException;
import java.nio.file.Files;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.Filter;
import org.rocksdb.IndexType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// The open files of a replica's database and their native memory. It is closed only after the last view is:
/// RocksDB must not be used afterwards.
final class OpenDatabase implements AutoCloseable {
    private static final double FILTER_BITS = 10;
    private static final int BLOCK_BYTES = 8 << 10;

    private final RocksMemory memory;
    private final Filter filter;
    private final Options options;
    private final RocksDB rocks;
    private int users = 1;
    private boolean closed;

    private OpenDatabase(DatabaseSettings settings) throws RocksDBException {
        memory = new RocksMemory(settings.memory());
        filter = new BloomFilter(FILTER_BITS);
        options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(table())
                .setWriteBufferSize(Math.max(1 << 20, settings.memory() / 8))
                .setLevelCompactionDynamicLevelBytes(true)
                .setKeepLogFileNum(2);
        memory.boundTo(options);
        try {
            rocks = RocksDB.open(options, settings.folder().toString());
        } catch (RocksDBException | RuntimeException | Error failure) {
            release();
            throw failure;
        }
    }

    /// Files hold millions of index rows, so filters and indexes are partitioned: as a whole they would be too
    /// large for the cache.
    private BlockBasedTableConfig table() {
        return new BlockBasedTableConfig()
                .setFilterPolicy(filter)
                .setBlockSize(BLOCK_BYTES)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setMetadataBlockSize(BLOCK_BYTES);
    }

    /// Opens the database, and creates it if it does not exist.
    static OpenDatabase open(DatabaseSettings settings) {
        try {
            Files.createDirectories(settings.folder());
            return new OpenDatabase(settings);
        } catch (RocksDBException | IOException failure) {
            throw new ReplicaException(
                    "The folder %s cannot hold the replica: %s. If no other process uses it, delete it: the replica is then rebuilt."
                            .formatted(settings.folder(), failure.getMessage()),
                    failure);
        }
    }

    RocksDB rocks() {
        return rocks;
    }

    /// Keeps the files open until [#leave] has been called as many times.
    synchronized void enter() {
        if (closed) {
            throw new IllegalStateException("The replica is closed.");
        }
        users++;
    }

    synchronized void leave() {
        users--;
        if (users == 0) {
            rocks.close();
            release();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            leave();
        }
    }

    private void release() {
        options.close();
        filter.close();
        memory.close();
    }
}
