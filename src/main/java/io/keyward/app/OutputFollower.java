package io.keyward.app;

import io.keyward.app.console.OutputReader;
import io.keyward.app.console.OutputRecord;
import io.keyward.registry.SchemaRegistry;
import io.keyward.topology.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads all outputs as they are committed, from the beginning. For one thread.
final class OutputFollower implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final OutputReader reader;
    private final Map<TopicPartition, Long> known;

    /// An output, and whether it was there before the follower was.
    record Followed(OutputRecord outcome, boolean old) {
        static final Comparator<Followed> IN_ORDER_OF_CAUSE =
                Comparator.comparing(Followed::outcome, OutputRecord.IN_ORDER_OF_CAUSE);
    }

    private OutputFollower(Consumer<byte[], byte[]> consumer, OutputReader reader) {
        this.consumer = consumer;
        this.reader = reader;
        this.known = consumer.endOffsets(consumer.assignment());
    }

    static OutputFollower of(KeywardConfig config, SchemaRegistry registry) {
        Map<String, Object> settings = new HashMap<>(config.kafka().values());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicNames names = config.topics().names();
        consumer.assign(Stream.of(names.decisions(), names.warnings(), names.suppressions(), names.deadLetters())
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return new OutputFollower(consumer, new OutputReader(registry, names));
    }

    /// What has come within a moment, in the order of its causes.
    List<Followed> next() {
        List<Followed> followed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(PATIENCE)) {
            boolean old = read.offset() < known.get(new TopicPartition(read.topic(), read.partition()));
            followed.add(new Followed(reader.read(read), old));
        }
        followed.sort(Followed.IN_ORDER_OF_CAUSE);
        return followed;
    }

    /// Whether everything that is committed now has been read.
    boolean isAtEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
