package io.keyward.console.replica;

import io.keyward.avro.state.UnreadableStateException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The changes of rows and indexes by a batch of changelog records. Of several records of one row, only the
/// last is applied.
final class RowChanges {
    private final RocksDB database;
    private final Map<Bytes, Change> changes = new LinkedHashMap<>();

    RowChanges(RocksDB database) {
        this.database = database;
    }

    private record Change(String store, ConsumerRecord<byte[], byte[]> record) {
        Bytes row() {
            return Bytes.wrap(record.key());
        }

        /// The index rows of this row with that value.
        Map<Bytes, Bytes> indexRows(byte[] value) {
            return value == null ? Map.of() : IndexRows.of(store, record.partition(), row(), value);
        }
    }

    void add(String store, ConsumerRecord<byte[], byte[]> record) {
        Bytes key;
        try {
            key = StoreRows.key(store, record.partition(), Bytes.wrap(record.key()));
        } catch (RuntimeException unknown) {
            throw unreadable(record, unknown);
        }
        changes.put(key, new Change(store, record));
    }

    void write(WriteBatch batch, Tally tally) throws RocksDBException {
        for (Map.Entry<Bytes, Change> entry : changes.entrySet()) {
            byte[] key = entry.getKey().get();
            Change change = entry.getValue();
            if (IndexRows.has(change.store())) {
                index(change, database.get(key), batch, tally);
            }
            if (change.record().value() == null) {
                batch.delete(key);
            } else {
                batch.put(key, change.record().value());
            }
        }
    }

    private static void index(Change change, byte[] before, WriteBatch batch, Tally tally) throws RocksDBException {
        Map<Bytes, Bytes> old;
        Map<Bytes, Bytes> now;
        try {
            old = change.indexRows(before);
            now = change.indexRows(change.record().value());
        } catch (UnreadableStateException | IllegalArgumentException unknown) {
            throw unreadable(change.record(), unknown);
        }
        for (Map.Entry<Bytes, Bytes> row : old.entrySet()) {
            if (!row.getValue().equals(now.get(row.getKey()))) {
                if (!now.containsKey(row.getKey())) {
                    batch.delete(row.getKey().get());
                }
                tally.removed(row.getKey(), row.getValue());
            }
        }
        for (Map.Entry<Bytes, Bytes> row : now.entrySet()) {
            if (!row.getValue().equals(old.get(row.getKey()))) {
                batch.put(row.getKey().get(), row.getValue().get());
                tally.added(row.getKey(), row.getValue());
            }
        }
    }

    private static ReplicaException unreadable(ConsumerRecord<byte[], byte[]> record, RuntimeException cause) {
        String reason = cause instanceof UnreadableStateException state ? state.reason() : cause.getMessage();
        return new ReplicaException(
                "This release cannot read the record at offset %d of %s-%d: %s Run the console of the release that the processor runs."
                        .formatted(record.offset(), record.topic(), record.partition(), reason),
                cause);
    }
}
