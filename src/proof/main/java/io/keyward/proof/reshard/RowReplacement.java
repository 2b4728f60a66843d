package io.keyward.proof.reshard;

import io.keyward.cluster.CommittedLog;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowDigest;
import io.keyward.topology.store.StateDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/// Replaces all rows of parked partitions by those that another application has made of the same inputs. Nobody may
/// write to their changelogs meanwhile. The rows of one store of a partition are in memory at a time.
///
/// @param kafka the settings of every client, without serialization
/// @param damaged the id of the application whose partitions are parked
/// @param repaired the id of the application whose rows are right
public record RowReplacement(Map<String, Object> kafka, String damaged, String repaired) {
    private static final Bytes STATE_DIGEST = Bytes.wrap(StateDigest.row());

    public RowReplacement {
        kafka = Map.copyOf(kafka);
    }

    /// Whether the rows in the changelogs of a partition are others than their seal says.
    public boolean isDamaged(int partition) {
        List<RowDigest> digests = new ArrayList<>();
        Optional<byte[]> stateDigest = Optional.empty();
        for (String store : KeywardTopology.stores()) {
            Map<Bytes, ConsumerRecord<byte[], byte[]>> rows = rows(damaged, store, partition);
            if (store.equals(Nodes.TENANTS)) {
                stateDigest = Optional.ofNullable(rows.remove(STATE_DIGEST)).map(ConsumerRecord::value);
            }
            digests.add(rows.values().stream()
                    .reduce(RowDigest.NONE, (sum, row) -> sum.with(row.key(), row.value()), RowDigest::plus));
        }
        return stateDigest
                .filter(row -> Arrays.equals(row, StateDigest.encode(digests)))
                .isEmpty();
    }

    /// Replaces the rows. The state digest of a partition is written last: a replacement that was killed leaves
    /// the partition parked, and can be done again.
    public void run(Set<Integer> partitions) {
        try (MoveWriter writer = new MoveWriter(kafka, damaged + "-recovery")) {
            for (int partition : partitions) {
                byte[] stateDigest = replace(partition, writer);
                writer.write(new ProducerRecord<>(
                        KeywardTopology.changelog(damaged, Nodes.TENANTS), partition, STATE_DIGEST.get(), stateDigest));
                writer.commit();
            }
        }
    }

    /// Deletes the changelogs of the application whose rows are right. Its group is empty and expires.
    public void deleteRepaired() {
        List<String> changelogs = KeywardTopology.stores().stream()
                .map(store -> KeywardTopology.changelog(repaired, store))
                .toList();
        try (MoveCluster cluster = new MoveCluster(kafka, MoveProgress.NONE)) {
            cluster.delete(changelogs, List.of());
        }
    }

    /// @return the state digest of the new rows
    private byte[] replace(int partition, MoveWriter writer) {
        Optional<byte[]> stateDigest = Optional.empty();
        for (String store : KeywardTopology.stores()) {
            String changelog = KeywardTopology.changelog(damaged, store);
            Set<Bytes> gone = rows(damaged, store, partition).keySet();
            Map<Bytes, ConsumerRecord<byte[], byte[]>> rows = rows(repaired, store, partition);
            stateDigest = stateDigest.or(
                    () -> Optional.ofNullable(rows.remove(STATE_DIGEST)).map(ConsumerRecord::value));
            gone.removeAll(rows.keySet());
            gone.remove(STATE_DIGEST);
            gone.forEach(key -> writer.write(new ProducerRecord<>(changelog, partition, key.get(), null)));
            rows.values()
                    .forEach(row -> writer.write(new ProducerRecord<>(
                            changelog, partition, row.timestamp(), row.key(), row.value(), row.headers())));
        }
        return stateDigest.orElseThrow(
                () -> new IllegalStateException("The rows of partition " + partition + " have no seal"));
    }

    private Map<Bytes, ConsumerRecord<byte[], byte[]>> rows(String application, String store, int partition) {
        TopicPartition changelog = new TopicPartition(KeywardTopology.changelog(application, store), partition);
        Map<Bytes, ConsumerRecord<byte[], byte[]>> rows = new LinkedHashMap<>();
        CommittedLog.readAll(kafka, List.of(changelog), record -> {
            if (record.value() == null) {
                rows.remove(Bytes.wrap(record.key()));
            } else {
                rows.put(Bytes.wrap(record.key()), record);
            }
        });
        return rows;
    }
}
