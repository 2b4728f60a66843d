package io.keyward.cli.sandbox;

import io.keyward.avro.EventCodec;
import io.keyward.avro.KeyHintCodec;
import io.keyward.cli.terminal.StyledLine;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.contract.Topics;
import io.keyward.vault.watch.KafkaFactPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the facts and hints that the intake writes, and the revocations and restorations that the key watch finds
/// after hints. For one thread.
record IntakeFollower(Consumer<byte[], byte[]> consumer, AvroDeserializer deserializer) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(20);

    /// Follows the topics from their current end.
    static IntakeFollower open(KeywardConfig config, SchemaRegistry registry) {
        List<Topic> topics = Stream.concat(Topics.keyInputs().stream(), Stream.of(Topic.KEY_HINTS))
                .toList();
        Map<String, Object> settings = new HashMap<>(config.kafka().values());
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(config.topics().names().name(topic)).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
        return new IntakeFollower(consumer, TopicSchemas.reader(registry, topics));
    }

    /// Returns one line for each record written since the last call.
    List<StyledLine> poll() {
        List<StyledLine> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(PATIENCE)) {
            line(read).ifPresent(lines::add);
        }
        return lines;
    }

    /// Empty if the record is not an event: anyone may write to an input, and the processor writes a dead letter.
    private Optional<StyledLine> line(ConsumerRecord<byte[], byte[]> read) {
        try {
            return Optional.ofNullable(deserializer.deserialize(read.topic(), read.headers(), read.value()))
                    .flatMap(IntakeFollower::line);
        } catch (PayloadException | RefusedException refused) {
            return Optional.empty();
        }
    }

    private static Optional<StyledLine> line(IndexedRecord value) {
        return KeyHintCodec.read(value)
                .map(IntakeLines::hint)
                .or(() -> fact((Event.OfKey) EventCodec.read(value), source(value)));
    }

    /// Other findings of the watch, such as the versions of all keys at its start, show in decisions.
    private static Optional<StyledLine> fact(Event.OfKey event, String source) {
        if (event.stamp().eventId().value().startsWith("eg:")) {
            return Optional.of(IntakeLines.fact(event, "intake"));
        }
        boolean shown = event instanceof Event.KeyRevoked || event instanceof Event.KeyRestored;
        return shown && source.equals(KafkaFactPublisher.SOURCE)
                ? Optional.of(IntakeLines.fact(event, "key watch"))
                : Optional.empty();
    }

    private static String source(IndexedRecord value) {
        return value.get(value.getSchema().getField("source").pos()).toString();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
