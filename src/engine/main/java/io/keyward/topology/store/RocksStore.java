package io.keyward.topology.store;

import io.keyward.kafka.Stopwatch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Kafka Streams' RocksDB store, which returns its position only in query results.
///
/// Kafka Streams calls [#getPosition] for every row that is written, and `RocksDBStore` then copies two
/// positions, which takes as long as the write. Only an internal setting, which Keyward does not set, adds the
/// copy to the row's record in the changelog (Kafka 4.4, `ProcessorContextImpl.logChange`).
final class RocksStore extends RocksDBStore {
    /// The age after which a file is rewritten. After twice this time, deleted rows are in no file.
    static final Duration REWRITTEN = Duration.ofDays(1);

    /// Less than an idle store adds to its manifest within [#REWRITTEN].
    private static final long MANIFEST_BYTES = 2_048;

    private static final VarHandle DATABASE = database();

    private final Duration rewritten;
    private List<ColumnFamilyHandle> families = List.of();
    private Stopwatch flushed = Stopwatch.start();

    /// @param rewritten the age after which a file is rewritten
    RocksStore(String name, String metricsScope, Duration rewritten) {
        super(name, metricsScope);
        this.rewritten = rewritten;
    }

    private static VarHandle database() {
        try {
            return MethodHandles.privateLookupIn(RocksDBStore.class, MethodHandles.lookup())
                    .findVarHandle(RocksDBStore.class, "db", RocksDB.class);
        } catch (ReflectiveOperationException otherKafka) {
            throw new ExceptionInInitializerError(otherKafka);
        }
    }

    @Override
    protected List<ColumnFamilyHandle> openRocksDB(
            DBOptions options, ColumnFamilyDescriptor rows, ColumnFamilyDescriptor... others) {
        // The manifest contains the first and the last key of each file, including deleted files, until RocksDB
        // starts a new manifest.
        families = super.openRocksDB(options.setMaxManifestFileSize(MANIFEST_BYTES), rows, others);
        return families;
    }

    /// Also ensures that deleted rows disappear from the files: the deletion must be flushed to a file, and
    /// RocksDB checks the age of its files only when their list or its options change.
    @Override
    public synchronized void commit(Map<TopicPartition, Long> offsets) {
        super.commit(offsets);
        if (!isOpen() || !flushed.hasReached(rewritten.dividedBy(24))) {
            return;
        }
        flushed = Stopwatch.start();
        RocksDB database = (RocksDB) DATABASE.get(this);
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(false)) {
            database.flush(flush, families);
            database.setOptions(
                    families.getFirst(),
                    MutableColumnFamilyOptions.builder()
                            .setPeriodicCompactionSeconds(rewritten.toSeconds())
                            .build());
        } catch (RocksDBException failure) {
            throw new ProcessorStateException("The store " + name() + " cannot be flushed", failure);
        }
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }
}
