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

/// A store that knows the digest of its rows: it counts them once, and then follows each write. For the stream
/// thread that writes; any thread may read meanwhile.
final class DigestedStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
        implements RangedStore {
    /// What was read is mostly written next: then the row that is replaced need not be looked up.
    private static final int REMEMBERED = 64;

    /// Where Kafka Streams keeps stores in RocksDB, in the folder of the task.
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
        forget();
        if (stateStoreContext instanceof ProcessorContextImpl internal) {
            context = internal;
        }
    }

    /// Has it begin with nothing when it is opened next. It is opened by another task, perhaps by another process.
    void wipeAtNextOpening() {
        if (persistent()) {
            try {
                Files.createFile(mark(context.stateDir().toPath()));
            } catch (FileAlreadyExistsException again) {
                // It was not opened since.
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void wipeIfMarked(Path task) {
        try {
            if (Files.exists(mark(task))) {
                Utils.delete(task.resolve(FOLDER).resolve(name()).toFile());
                Files.delete(mark(task));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path mark(Path task) {
        return task.resolve(name() + ".wipe");
    }

    /// Whether it belongs to a task of Kafka Streams, and so has a changelog.
    boolean isOfTask() {
        return context != null;
    }

    /// Counts the rows, and follows the writes from now on.
    ///
    /// @param left the key of a row that does not count
    RowDigest count(Bytes left) {
        forget();
        RowDigest counted = RowDigest.NONE;
        try (KeyValueIterator<Bytes, byte[]> rows = all()) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                counted = row.key.equals(left) ? counted : counted.with(row.key.get(), row.value);
            }
        }
        digest = Optional.of(counted);
        return counted;
    }

    /// The digest of its rows as they are now, once they have been counted.
    RowDigest digest() {
        return digest.orElseThrow();
    }

    /// Has this done before each commit, as long as the task lasts.
    void beforeCommit(Runnable action) {
        beforeCommit = Optional.of(action);
    }

    /// Writes a row that does not count. It is part of the transaction that is about to be committed.
    void putBesides(Bytes key, byte[] value) {
        wrapped().put(key, value);
        context.logChange(
                name(), key, value, context.currentSystemTimeMs(), new RecordHeaders(), Position.emptyPosition());
    }

    /// Forgets what it knows of the rows: they may change without its knowledge until they are counted again.
    private void forget() {
        Arrays.fill(keys, null);
        digest = Optional.empty();
        beforeCommit = Optional.empty();
    }

    /// Kafka Streams calls this before the commit of each transaction, so that stores with a cache write what
    /// they owe.
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
