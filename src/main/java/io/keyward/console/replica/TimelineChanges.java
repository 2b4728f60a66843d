package io.keyward.console.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// What a batch of output records changes in the timelines.
///
/// A tombstone removes the entries with its record key: a purge writes one for every record that stands (R24). A new
/// decision about an environment removes what is much older than it, so the newest decision always stays.
final class TimelineChanges {
    private final RocksDB database;
    private final Duration kept;
    private final String decisions;
    private final TreeMap<Bytes, byte[]> added = new TreeMap<>();
    private final Set<Bytes> removed = new HashSet<>();
    private final Map<OutputKey, Long> newestDecisions = new HashMap<>();
    private final Map<Bytes, Optional<byte[]>> tenantWarnings = new HashMap<>();

    /// @param decisions the topic of decisions
    TimelineChanges(RocksDB database, Duration kept, String decisions) {
        this.database = database;
        this.kept = kept;
        this.decisions = decisions;
    }

    void add(ConsumerRecord<byte[], byte[]> output) {
        OutputKey.of(output.key()).ifPresent(about -> add(about, output));
    }

    private void add(OutputKey about, ConsumerRecord<byte[], byte[]> output) {
        Optional<byte[]> value = Optional.ofNullable(output.value()).map(_ -> TimelineRows.value(output));
        if (about.environment().isEmpty()) {
            tenantWarnings.put(tenantWarning(about.tenant()).raw(output.key()).key(), value);
        }
        if (value.isEmpty()) {
            retract(about, output);
            return;
        }
        added.put(TimelineRows.key(about, output), value.get());
        if (output.topic().equals(decisions)) {
            newestDecisions.merge(about, output.timestamp(), Math::max);
        }
    }

    static KeyWriter tenantWarning(String tenant) {
        return KeyWriter.in(Table.TENANT_WARNING).text(tenant);
    }

    private void retract(OutputKey about, ConsumerRecord<byte[], byte[]> tombstone) {
        byte[] prefix = TimelineRows.start(about.tenant(), about.environment()).bytes();
        added.subMap(Bytes.wrap(prefix), Bytes.wrap(KeyWriter.after(prefix)))
                .values()
                .removeIf(entry -> isRetracted(entry, tombstone));
        try (RocksIterator rows = database.newIterator()) {
            for (rows.seek(prefix); rows.isValid() && startsWith(rows.key(), prefix); rows.next()) {
                if (isRetracted(rows.value(), tombstone)) {
                    removed.add(Bytes.wrap(rows.key()));
                }
            }
        }
    }

    private static boolean isRetracted(byte[] entry, ConsumerRecord<byte[], byte[]> tombstone) {
        ConsumerRecord<byte[], byte[]> output = TimelineRows.read(entry);
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
        for (Map.Entry<Bytes, Optional<byte[]>> warning : tenantWarnings.entrySet()) {
            if (warning.getValue().isPresent()) {
                batch.put(warning.getKey().get(), warning.getValue().get());
            } else {
                batch.delete(warning.getKey().get());
            }
        }
    }

    private void dropOld() {
        if (newestDecisions.isEmpty()) {
            return;
        }
        try (RocksIterator rows = database.newIterator()) {
            newestDecisions.forEach((about, timestamp) -> {
                KeyWriter prefix = TimelineRows.start(about.tenant(), about.environment());
                byte[] from = prefix.bytes();
                Bytes to =
                        prefix.time(Instant.ofEpochMilli(timestamp).minus(kept)).key();
                for (rows.seek(from); rows.isValid() && to.compareTo(Bytes.wrap(rows.key())) > 0; rows.next()) {
                    removed.add(Bytes.wrap(rows.key()));
                }
            });
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
