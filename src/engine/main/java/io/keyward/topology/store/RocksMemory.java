package io.keyward.topology.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// The native memory shared by all RocksDB stores of an instance: blocks, indexes, filters and write buffers
/// together are limited to one size. Close it after the last store.
public final class RocksMemory implements AutoCloseable {
    /// The key of the instance in Kafka Streams' settings.
    public static final String SETTING = "keyward.rocks.memory";

    /// Indexes and filters have priority over data blocks within this share of the cache.
    private static final double HIGH_PRIORITY_SHARE = 0.2;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    /// @param bytes the total size; write buffers may use half of it
    public RocksMemory(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes, -1, /* strictCapacityLimit= */ false, HIGH_PRIORITY_SHARE);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    /// Makes a database use only this memory.
    ///
    /// @param options with a block-based table format
    public void boundTo(Options options) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(writeBuffers);
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
