package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Deviation;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.Unverifiable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record of an output topic that is verified alone.
///
/// @param environment empty if it is about a tenant
/// @param warning as decisions list it; empty for a decision or a signal
/// @param position which inputs it rests on
record VerifiedRecord(
        ConsumerRecord<byte[], byte[]> record,
        TenantId tenant,
        Optional<EnvironmentId> environment,
        Optional<String> warning,
        Position position) {
    /// Reads the key and the headers of a record.
    ///
    /// @throws CommandFailedException if they do not say what it rests on
    static VerifiedRecord of(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        Position position = Position.of(record.headers())
                .orElseThrow(() -> new CommandFailedException(
                        "The record has no header %s that this release understands: another release has written it."
                                .formatted(Position.HEADER)));
        String[] parts = new String(record.key(), StandardCharsets.UTF_8).split("/", 3);
        try {
            return new VerifiedRecord(
                    record,
                    new TenantId(parts[0]),
                    parts[1].isEmpty() ? Optional.empty() : Optional.of(new EnvironmentId(parts[1])),
                    topic == Topic.WARNINGS ? Optional.of(parts[2]) : Optional.empty(),
                    position);
        } catch (RefusedException | ArrayIndexOutOfBoundsException foreign) {
            throw new CommandFailedException(
                    "The record has the key '%s', which is none of an output.".formatted(String.join("/", parts)),
                    foreign);
        }
    }

    ProofFinding finding(Deviation deviation) {
        return ProofFinding.of(record, Optional.of(tenant), environment, deviation);
    }

    Unverifiable unverifiable(String sentence) {
        return new Unverifiable(record.topic(), record.partition(), Optional.of(tenant), environment, sentence);
    }
}
