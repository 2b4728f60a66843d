package io.keyward.topology.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.ProcessorContextImpl;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/// A store that maintains the digest of its rows: it counts them once, and then updates the digest with each
/// write. Written by one stream thread; other threads may read at the same time.
final class DigestedStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
        implements RangedStore {
    /// The number of rows to remember. A row that was read is usually written next; if it is remembered, the
    /// replaced value need not be looked up.
    private static final int REMEMBERED = 64;

    /// The folder of RocksDB stores within the task folder of Kafka Streams.
    private static final String FOLDER = "rocksdb";

    private final Bytes[] keys = new Bytes[REMEMBERED];
    private final byte[][] values = new byte[REMEMBERED][];
    private ProcessorContextImpl context;
    private Optional<RowDigest> digest = Optional.empty();
    private Optional<Runnable> beforeCommit = Optional.empty();

    DigestedStore(KeyValueStore<Bytes, byte[]> store) {
        super(store);
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        if (persistent()) {
            wipeIfMarked(stateStoreContext.stateDir().toPath());
        }
        super.init(stateStoreContext, root);
        reset();
        if (stateStoreContext instanceof ProcessorContextImpl internal) {
            context = internal;
        }
    }

    /// Marks the store to be wiped on the next open, which happens in another task and possibly another process.
    void wipeOnNextOpen() {
        if (persistent()) {
            try {
                Files.createFile(wipeMark(context.stateDir().toPath()));
            } catch (FileAlreadyExistsException again) {
                // The store was marked before, and not opened since.
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void wipeIfMarked(Path task) {
        try {
            if (Files.exists(wipeMark(task))) {
                Utils.delete(task.resolve(FOLDER).resolve(name()).toFile());
                Files.delete(wipeMark(task));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path wipeMark(Path task) {
        return task.resolve(name() + ".wipe");
    }

    /// Whether the store belongs to a task of Kafka Streams, and so has a changelog.
    boolean isOfTask() {
        return context != null;
    }

    /// Counts the rows, and maintains the digest from now on.
    ///
    /// @param excluded the key of a row that is not counted
    RowDigest count(Bytes excluded) {
        reset();
        RowDigest counted = RowDigest.NONE;
        try (KeyValueIterator<Bytes, byte[]> rows = all()) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                counted = row.key.equals(excluded) ? counted : counted.with(row.key.get(), row.value);
            }
        }
        digest = Optional.of(counted);
        return counted;
    }

    /// The current digest. The rows must have been counted before.
    RowDigest digest() {
        return digest.orElseThrow();
    }

    /// Sets an action that runs before each commit, until the task is closed.
    void beforeCommit(Runnable action) {
        beforeCommit = Optional.of(action);
    }

    /// Writes a row that is not part of the digest, in the transaction that is about to be committed.
    void putUncounted(Bytes key, byte[] value) {
        wrapped().put(key, value);
        context.logChange(
                name(), key, value, context.currentSystemTimeMs(), new RecordHeaders(), Position.emptyPosition());
    }

    /// Drops the digest and the remembered rows. Until the rows are counted again, changes are not tracked.
    private void reset() {
        Arrays.fill(keys, null);
        digest = Optional.empty();
        beforeCommit = Optional.empty();
    }

    /// Kafka Streams calls this before the commit of each transaction, so that stores with a cache write
    /// their pending rows.
    @Override
    public void flushCache() {
        beforeCommit.ifPresent(Runnable::run);
    }

    @Override
    public byte[] get(Bytes key) {
        byte[] value = wrapped().get(key);
        if (digest.isPresent()) {
            remember(key, value);
        }
        return value;
    }

    @Override
    public void put(Bytes key, byte[] value) {
        digest.ifPresent(known -> digest = Optional.of(exchanged(known, key, value)));
        wrapped().put(key, value);
    }

    @Override
    public byte[] delete(Bytes key) {
        byte[] before = remembered(key);
        put(key, null);
        return before;
    }

    private RowDigest exchanged(RowDigest known, Bytes key, byte[] value) {
        byte[] before = remembered(key);
        RowDigest without = before == null ? known : known.without(key.get(), before);
        remember(key, value);
        return value == null ? without : without.with(key.get(), value);
    }

    private byte[] remembered(Bytes key) {
        int slot = slot(key);
        return key.equals(keys[slot]) ? values[slot] : wrapped().get(key);
    }

    private void remember(Bytes key, byte[] value) {
        int slot = slot(key);
        keys[slot] = key;
        values[slot] = value;
    }

    private static int slot(Bytes key) {
        return key.hashCode() & (REMEMBERED - 1);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return wrapped().range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return wrapped().reverseRange(from, to);
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
        return wrapped().prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return wrapped().approximateNumEntries();
    }

    @Override
    public ReadOnlyKeyValueStore<Bytes, byte[]> readOnly(IsolationLevel isolationLevel) {
        return wrapped().readOnly(isolationLevel);
    }
}
