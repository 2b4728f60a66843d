package io.keyward.cluster;

import io.keyward.config.Generation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// The topic that records the generations of an application: compacted, one partition, one key.
public record GenerationTopic(String name) {
    private static final byte[] KEY = "generation".getBytes(StandardCharsets.UTF_8);

    /// The topic of an application.
    ///
    /// @param configured the configured application id
    public static GenerationTopic of(String configured) {
        return new GenerationTopic(Generation.topic(configured));
    }

    /// The last committed generation; empty if none was ever committed. Waits for an open transaction. The topic
    /// must exist.
    ///
    /// @param kafka client settings
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws IllegalArgumentException if a newer release has written it
    public Optional<Generation> read(Map<String, Object> kafka) {
        AtomicReference<byte[]> last = new AtomicReference<>();
        CommittedLog.readAll(kafka, List.of(new TopicPartition(name, 0)), record -> last.set(record.value()));
        return Optional.ofNullable(last.get()).map(Generation::fromJson);
    }

    /// The record that makes this generation the last one.
    public ProducerRecord<byte[], byte[]> record(Generation generation) {
        return new ProducerRecord<>(name, 0, KEY, generation.toJson());
    }
}
