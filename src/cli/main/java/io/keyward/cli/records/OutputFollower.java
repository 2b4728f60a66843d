package io.keyward.cli.records;

import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommittedLog;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.fact.Instants;
import io.keyward.kafka.ReaderSettings;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads outputs as they are committed, without a consumer group, so nothing on the cluster changes. For one
/// thread.
public final class OutputFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputFollower.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final OutputReader reader;
    private final Map<TopicPartition, Long> initialEnds;
    private final Map<TopicPartition, Instant> latestTimes = new HashMap<>();

    /// An output, with what its place in the order of causes needs.
    ///
    /// @param old whether the output existed before the follower was opened
    /// @param latestTime the latest time of a cause in its partition so far
    public record Followed(OutputRecord output, boolean old, Instant latestTime) {
        /// Orders by the times of causes; for one cause, decisions come first, then warnings, then signals. A
        /// stable sort of a list with each partition in order keeps that order, whatever the timestamps are.
        public static final Comparator<Followed> IN_ORDER_OF_CAUSE = Comparator.comparing(Followed::latestTime)
                .thenComparing(followed -> followed.output().topic());
    }

    /// @param consumer that has the partitions assigned
    OutputFollower(Consumer<byte[], byte[]> consumer, OutputReader reader) {
        this.consumer = consumer;
        this.reader = reader;
        this.initialEnds = consumer.endOffsets(consumer.assignment());
    }

    /// Follows every output from the beginning.
    public static OutputFollower open(KeywardConfig config, SchemaRegistry registry) {
        List<TopicPartition> all =
                WatchedOutput.partitions(new ClusterTopics(config, ""), Optional.empty(), Optional.empty());
        return open(config, registry, all).fromStart();
    }

    /// Follows these partitions from now on.
    public static OutputFollower open(KeywardConfig config, SchemaRegistry registry, List<TopicPartition> partitions) {
        Consumer<byte[], byte[]> consumer = consumer(config);
        consumer.assign(partitions);
        OutputFollower follower = new OutputFollower(
                consumer, new OutputReader(registry, config.topics().names()));
        follower.initialEnds.forEach(consumer::seek);
        return follower;
    }

    /// Seeks to the earliest offset of every partition.
    public OutputFollower fromStart() {
        consumer.seekToBeginning(consumer.assignment());
        return this;
    }

    private static Consumer<byte[], byte[]> consumer(KeywardConfig config) {
        Map<String, Object> settings = ReaderSettings.of(config.kafka().values(), "read_committed", "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Returns the next outputs: each partition in order, and the partitions merged by the times of causes.
    public List<Followed> poll() {
        List<Followed> followed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(PATIENCE)) {
            outputOf(read).ifPresent(output -> followed.add(followed(output, read)));
        }
        followed.sort(Followed.IN_ORDER_OF_CAUSE);
        return followed;
    }

    private Followed followed(OutputRecord output, ConsumerRecord<byte[], byte[]> read) {
        TopicPartition partition = new TopicPartition(read.topic(), read.partition());
        Instant turn = latestTimes.merge(partition, output.timestamp(), Instants::max);
        return new Followed(output, read.offset() < initialEnds.get(partition), turn);
    }

    /// Whether every output that existed before the follower was opened has been read.
    public boolean hasReachedInitialEnd() {
        return initialEnds.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /// Whether every output that is committed now has been read.
    public boolean isAtEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /// Logs and skips records that Keyward did not write.
    private Optional<OutputRecord> outputOf(ConsumerRecord<byte[], byte[]> read) {
        try {
            return Optional.of(reader.read(read));
        } catch (PayloadException unreadable) {
            LOG.error(
                    "Skipping {}: not an output of Keyward: {}",
                    CommittedLog.coordinates(read),
                    unreadable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
