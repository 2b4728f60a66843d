package io.keyward.client;

import io.keyward.decision.Cause;
import io.keyward.decision.Severity;
import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import io.keyward.testing.Cluster;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes records of warnings as a processor does.
record WarningWriter(Cluster cluster, String topic, int partitions) {
    private static final Instant RAISED = Instant.parse("2026-03-01T10:00:00Z");

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
        return record(key, cluster.bytesOf(Topic.WARNINGS, warning(key, incident, sequence, status)));
    }

    private ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ProducerRecord<>(
                topic, TenantPartitioner.ofKey(key, partitions), key.getBytes(StandardCharsets.UTF_8), value);
    }

    /// A warning about an environment.
    static Warning warning(String key, String incident, int sequence, WarningStatus status) {
        String[] parts = key.split("/", -1);
        Instant at = RAISED.plusSeconds(sequence);
        return Warning.newBuilder()
                .setTenantId(parts[0])
                .setEnvironmentId(parts[1])
                .setCode(parts[2])
                .setIncident(incident)
                .setSequence(sequence)
                .setStatus(status)
                .setSeverity(Severity.CRITICAL)
                .setMessage("The key \"k1\" was revoked.")
                .setRemediation("Restore it.")
                .setRaisedAt(RAISED)
                .setClearedAt(status == WarningStatus.CLEARED ? at : null)
                .setRuleProfile("2024-07-23")
                .setCause(new Cause("KeyRevoked", "e" + sequence, at, "key-revoked", 0, (long) sequence))
                .build();
    }
}
