package io.keyward.console.replica;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.topology.store.Nodes;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// What is written for a row that changes.
class RowChangesTest {
    @TempDir
    private Path folder;

    @Test
    void anIndexRowThatGetsAnotherValueIsWrittenOnceAndNotDeleted() throws RocksDBException {
        try (FilledReplica replica = FilledReplica.start(folder.resolve("replica"));
                OpenDatabase database = OpenDatabase.open(new DatabaseSettings(
                        folder.resolve("database"), 16 << 20, DatabaseSettings.TIMELINE_KEPT, "rules"))) {
            replica.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
            KeyValue<Bytes, byte[]> before = environment(replica);
            replica.given(revoked(3, "contoso", "k1"));
            KeyValue<Bytes, byte[]> now = environment(replica);
            Map<Bytes, Bytes> old = IndexRows.of(Nodes.ENVIRONMENTS, 0, before.key, before.value);
            Map<Bytes, Bytes> come = IndexRows.of(Nodes.ENVIRONMENTS, 0, now.key, now.value);
            assertThat(old)
                    .anySatisfy(
                            (row, value) -> assertThat(come).containsKey(row).doesNotContainEntry(row, value));
            assertThat(written(database.rocks(), before)).isEqualTo(1 + old.size());
            long gone =
                    old.keySet().stream().filter(row -> !come.containsKey(row)).count();
            long put = come.entrySet().stream()
                    .filter(row -> !row.getValue().equals(old.get(row.getKey())))
                    .count();
            assertThat(written(database.rocks(), now)).isEqualTo(1 + gone + put);
        }
    }

    private static KeyValue<Bytes, byte[]> environment(FilledReplica replica) {
        try (KeyValueIterator<Bytes, byte[]> rows =
                replica.harness().store(Nodes.ENVIRONMENTS).all()) {
            return rows.next();
        }
    }

    /// Writes a row, and returns how many writes and deletions that took.
    private static long written(RocksDB rocks, KeyValue<Bytes, byte[]> row) throws RocksDBException {
        RowChanges changes = new RowChanges(rocks);
        changes.add(Nodes.ENVIRONMENTS, new ConsumerRecord<>("environments", 0, 0, row.key.get(), row.value));
        try (WriteBatch batch = new WriteBatch();
                WriteOptions options = new WriteOptions();
                ReplicaSnapshot snapshot = ReplicaSnapshot.now(rocks, VisibleRows.ALL)) {
            changes.write(batch, Tally.count(snapshot));
            rocks.write(options, batch);
            return batch.count();
        }
    }
}
