package io.keyward.client;

import io.keyward.decision.WarningStatus;
import io.keyward.testing.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes records of warnings as a processor does.
record WarningWriter(Cluster cluster, String topic, int partitions) {
    WarningWriter(Cluster cluster, Settings settings) {
        this(cluster, settings.topics().warnings(), Cluster.PARTITIONS);
    }

    void write(String key, String incident, int sequence, WarningStatus status) {
        cluster.sendAll(List.of(record(key, incident, sequence, status)));
    }

    /// The three records of an incident, in order.
    List<ProducerRecord<byte[], byte[]>> whole(String key, String incident) {
        return List.of(
                record(key, incident, 1, WarningStatus.RAISED),
                record(key, incident, 2, WarningStatus.UPDATED),
                record(key, incident, 3, WarningStatus.CLEARED));
    }

    void remove(String key) {
        write(key, null);
    }

    void write(String key, byte[] value) {
        cluster.send(record(key, value));
    }

    private ProducerRecord<byte[], byte[]> record(String key, String incident, int sequence, WarningStatus status) {
        return record(key, cluster.bytesOf(Topic.WARNINGS, SampleWarning.of(key, incident, sequence, status)));
    }

    private ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ProducerRecord<>(
                topic, TenantPartitioner.ofKey(key, partitions), key.getBytes(StandardCharsets.UTF_8), value);
    }
}
