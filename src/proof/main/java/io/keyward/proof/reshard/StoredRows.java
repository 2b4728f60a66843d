package io.keyward.proof.reshard;

import io.keyward.cluster.CommittedLog;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.topology.KeywardTopology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/// The rows that the changelogs of a generation hold: the newest committed record of each key. One without a value is a
/// row that was deleted.
///
/// Each partition is read twice, so that only the keys of one partition are in memory at a time.
///
/// @param partitions of each changelog; 0 for one that does not exist
record StoredRows(Move move, int generation, Map<String, Integer> partitions) {
    @FunctionalInterface
    interface RowConsumer {
        void accept(String store, ConsumerRecord<byte[], byte[]> row);
    }

    /// Gives every row of every store, store by store in the order of the topology.
    void forEach(RowConsumer rows) {
        for (String store : KeywardTopology.stores()) {
            String changelog = move.changelog(generation, store);
            partitionsOf(changelog).forEach(partition -> read(store, partition, rows));
        }
    }

    /// Whether an open transaction has written rows. Reading them waits for its end.
    boolean hasOpenTransaction() {
        List<TopicPartition> all =
                partitions.keySet().stream().flatMap(this::partitionsOf).toList();
        try (CommittedLog log = CommittedLog.open(move.kafka(), all)) {
            return log.hasOpenTransaction();
        }
    }

    private Stream<TopicPartition> partitionsOf(String changelog) {
        return KafkaAnswers.partitions(changelog, partitions.getOrDefault(changelog, 0));
    }

    private void read(String store, TopicPartition partition, RowConsumer rows) {
        try (CommittedLog log = CommittedLog.open(move.kafka(), List.of(partition))) {
            Map<Bytes, Long> newest = new HashMap<>();
            Map<TopicPartition, Long> ends =
                    log.readToEnd(record -> newest.put(Bytes.wrap(record.key()), record.offset()), _ -> {});
            if (newest.isEmpty()) {
                return;
            }
            log.seek(partition, log.beginnings().get(partition));
            log.readTo(
                    ends,
                    record -> {
                        Long offset = newest.get(Bytes.wrap(record.key()));
                        if (offset != null && offset == record.offset()) {
                            rows.accept(store, record);
                        }
                    },
                    _ -> {});
        }
    }
}
