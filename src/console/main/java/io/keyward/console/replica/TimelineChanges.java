package io.keyward.console.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// The changes of the timelines by a batch of output records.
///
/// A tombstone removes the entries with its record key: a purge writes one for every current record (R24). A new
/// decision about an environment removes entries much older than it, so the newest decision always stays.
final class TimelineChanges {
    private final RocksDB database;
    private final Duration kept;
    private final String decisions;
    private final TreeMap<Bytes, byte[]> added = new TreeMap<>();
    private final Set<Bytes> removed = new HashSet<>();
    private final Map<Bytes, Long> newestDecisions = new HashMap<>();

    /// @param decisions the topic of decisions
    TimelineChanges(RocksDB database, Duration kept, String decisions) {
        this.database = database;
        this.kept = kept;
        this.decisions = decisions;
    }

    void add(ConsumerRecord<byte[], byte[]> output) {
        TimelineRows.like(output).ifPresent(prefix -> add(prefix, output));
    }

    private void add(Bytes prefix, ConsumerRecord<byte[], byte[]> output) {
        if (output.value() == null) {
            retract(prefix.get(), output);
            return;
        }
        added.put(TimelineRows.key(prefix, output), TimelineRows.value(output));
        if (output.topic().equals(decisions)) {
            newestDecisions.merge(prefix, output.timestamp(), Math::max);
        }
    }

    private void retract(byte[] prefix, ConsumerRecord<byte[], byte[]> tombstone) {
        added.subMap(Bytes.wrap(prefix), Bytes.wrap(KeyWriter.after(prefix)))
                .entrySet()
                .removeIf(row ->
                        isRetracted(new KeyReader(row.getKey().get(), prefix.length), row.getValue(), tombstone));
        try (RocksIterator rows = database.newIterator()) {
            for (rows.seek(prefix); rows.isValid() && Scan.begins(rows.key(), 0, prefix, prefix.length); rows.next()) {
                byte[] row = rows.key();
                if (isRetracted(new KeyReader(row, prefix.length), rows.value(), tombstone)) {
                    removed.add(Bytes.wrap(row));
                }
            }
        }
    }

    private static boolean isRetracted(KeyReader rowKey, byte[] entry, ConsumerRecord<byte[], byte[]> tombstone) {
        ConsumerRecord<byte[], byte[]> output = TimelineRows.read(rowKey, entry);
        return output.topic().equals(tombstone.topic()) && Arrays.equals(output.key(), tombstone.key());
    }

    void write(WriteBatch batch) throws RocksDBException {
        dropOld();
        for (Bytes key : removed) {
            batch.delete(key.get());
        }
        for (Map.Entry<Bytes, byte[]> entry : added.entrySet()) {
            batch.put(entry.getKey().get(), entry.getValue());
        }
    }

    private void dropOld() {
        if (newestDecisions.isEmpty()) {
            return;
        }
        try (RocksIterator rows = database.newIterator()) {
            newestDecisions.forEach((prefix, timestamp) -> {
                Bytes to = new KeyWriter()
                        .raw(prefix.get())
                        .time(Instant.ofEpochMilli(timestamp).minus(kept))
                        .key();
                for (rows.seek(prefix.get()); rows.isValid() && to.compareTo(Bytes.wrap(rows.key())) > 0; rows.next()) {
                    removed.add(Bytes.wrap(rows.key()));
                }
            });
        }
    }
}
