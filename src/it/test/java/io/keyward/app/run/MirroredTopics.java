package io.keyward.app.run;

import io.keyward.cluster.CommittedLog;
import io.keyward.testing.TestTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Topics as MirrorMaker copies them to another cluster with its identity policy and `isolation.level=read_committed`:
/// the same names, partitions and settings, but for `message.timestamp.type`; of each partition the first committed
/// records, with key, value, headers and time, at other offsets.
final class MirroredTopics {
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> copied = new HashMap<>();
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> lost = new HashMap<>();

    /// Copies topics.
    ///
    /// @param part how much of a partition's records has arrived, from 0 to 1
    static MirroredTopics copy(String from, String to, List<String> topics, ToDoubleFunction<TopicPartition> part)
            throws InterruptedException, ExecutionException {
        MirroredTopics mirrored = new MirroredTopics();
        List<TopicPartition> partitions = new ArrayList<>();
        try (Admin source = Admin.create(Map.of("bootstrap.servers", from));
                Admin target = Admin.create(Map.of("bootstrap.servers", to))) {
            Map<String, TopicDescription> described =
                    source.describeTopics(topics).allTopicNames().get();
            List<NewTopic> made = new ArrayList<>();
            for (TopicDescription topic : described.values()) {
                made.add(new NewTopic(topic.name(), topic.partitions().size(), (short) 1)
                        .configs(settings(source, topic.name())));
                IntStream.range(0, topic.partitions().size())
                        .forEach(number -> partitions.add(new TopicPartition(topic.name(), number)));
            }
            TestTopics.create(target, made);
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new HashMap<>();
        try (CommittedLog log = CommittedLog.open(Map.of("bootstrap.servers", from), partitions)) {
            log.readToEnd(
                    next -> all.computeIfAbsent(
                                    new TopicPartition(next.topic(), next.partition()), _ -> new ArrayList<>())
                            .add(next),
                    _ -> {});
        }
        all.forEach((partition, records) -> {
            int end = (int) Math.round(records.size() * part.applyAsDouble(partition));
            mirrored.copied.put(partition, records.subList(0, end));
            mirrored.lost.put(partition, records.subList(end, records.size()));
        });
        mirrored.write(to);
        return mirrored;
    }

    private static Map<String, String> settings(Admin source, String topic)
            throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return source.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .filter(entry -> !entry.name().equals("message.timestamp.type"))
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private void write(String to) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", to, "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            copied.values().stream()
                    .flatMap(List::stream)
                    .map(record -> new ProducerRecord<>(
                            record.topic(),
                            record.partition(),
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            record.headers()))
                    .map(producer::send)
                    .toList()
                    .forEach(sent -> {
                        try {
                            sent.get();
                        } catch (InterruptedException | ExecutionException failure) {
                            throw new IllegalStateException(failure);
                        }
                    });
        }
    }

    /// The records that had not arrived.
    List<ConsumerRecord<byte[], byte[]>> lost() {
        return lost.values().stream().flatMap(List::stream).toList();
    }

    /// The group's offsets as the copy has them: for each, how many of the copied records lie before it.
    Map<TopicPartition, OffsetAndMetadata> translated(Map<TopicPartition, Long> committed) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> offsets.put(
                partition,
                new OffsetAndMetadata(copied.getOrDefault(partition, List.of()).stream()
                        .filter(record -> record.offset() < offset)
                        .count())));
        return offsets;
    }
}
