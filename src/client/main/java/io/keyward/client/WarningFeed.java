package io.keyward.client;

import io.keyward.decision.Warning;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.Stopwatch;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports which incidents are opened, updated and closed, as the records of `warnings` are committed. For one
/// thread.
///
/// To receive each notice at least once, and those of an incident in order, handle what [#poll] returns, then
/// store [#position()], and resume from it after a stop. A position is good for 30 days: a tombstone that closed
/// an incident longer ago may be gone from the topic (`min.compaction.lag.ms`).
///
/// The feed reads all partitions without a group. At each start it reads the topic from the earliest offset to
/// learn which incidents are open, but reports only what lies past the position. It keeps a few hundred bytes for
/// each key.
public final class WarningFeed implements AutoCloseable {
    /// Reports what is committed from now on. Changes of incidents that are open now are reported as UPDATED.
    public static final String FROM_NOW = "FROM_NOW";

    /// Reports everything that the topic holds.
    public static final String FROM_BEGINNING = "FROM_BEGINNING";

    private static final Logger LOG = LoggerFactory.getLogger(WarningFeed.class);
    private static final Duration LOOKS_AT_TOPIC = Duration.ofSeconds(30);

    private final String topic;
    private final SchemaRegistry registry;
    private final AvroDeserializer values;
    private final Consumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final Map<Integer, Long> next = new HashMap<>();
    private FeedState state = new FeedState();
    private Uuid topicId = Uuid.ZERO_UUID;
    private Stopwatch looked = Stopwatch.start();

    private WarningFeed(Settings settings) {
        topic = settings.topics().warnings();
        registry = settings.connectToRegistry();
        values = AvroDeserializer.specific(
                registry, List.of(Warning.getClassSchema()), WarningFeed.class.getClassLoader());
        consumer = new KafkaConsumer<>(settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        admin = Admin.create(settings.kafka());
    }

    /// Opens a feed. Everything on a partition is reported if the position does not name it. The same holds, and
    /// is logged, if the topic was recreated since the position was stored, or the partition ends before it.
    ///
    /// @param start [#FROM_NOW], [#FROM_BEGINNING], or a result of [#position()]
    /// @throws IllegalArgumentException if the start is none of these, or a setting is not valid
    /// @throws org.apache.kafka.common.KafkaException if the topic is missing, or the cluster refuses or does not
    ///     answer
    public static WarningFeed open(Settings settings, String start) {
        Optional<FeedPosition> stored = start.equals(FROM_NOW) || start.equals(FROM_BEGINNING)
                ? Optional.empty()
                : Optional.of(FeedPosition.parse(start));
        WarningFeed feed = new WarningFeed(settings);
        try {
            feed.begin();
            if (!start.equals(FROM_BEGINNING)) {
                Map<Integer, Long> ends = feed.ends();
                feed.next.putAll(
                        stored.map(position -> feed.held(position, ends)).orElse(ends));
            }
            return feed;
        } catch (RuntimeException failure) {
            feed.close();
            throw failure;
        }
    }

    /// Starts from the earliest offset, and reports everything.
    private void begin() {
        TopicDescription described = describe();
        state = new FeedState();
        next.clear();
        topicId = described.topicId();
        consumer.assign(partitions(described));
        consumer.seekToBeginning(consumer.assignment());
    }

    /// The position, as far as the topic holds it.
    private Map<Integer, Long> held(FeedPosition position, Map<Integer, Long> ends) {
        Map<Integer, Long> held = position.topic().equals(topicId) ? new HashMap<>(position.next()) : new HashMap<>();
        held.entrySet().removeIf(offset -> offset.getValue() > ends.getOrDefault(offset.getKey(), 0L));
        if (held.size() < position.next().size()) {
            LOG.warn(
                    "The topic {} with the id {} ends at {} and does not contain the position {}: everything is reported except "
                            + "what lies before it on the partitions {}",
                    topic,
                    topicId,
                    ends,
                    position,
                    held.keySet());
        }
        return held;
    }

    private Map<Integer, Long> ends() {
        Map<Integer, Long> ends = new HashMap<>();
        consumer.endOffsets(consumer.assignment()).forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }

    /// The notices since the last call. Returns as soon as there are any, at the latest after the timeout. While
    /// the registry does not answer for a new schema, it takes up to a minute longer (`retries.deadline.ms`).
    ///
    /// A record that can never be read is logged and skipped. An exception loses nothing: poll again.
    ///
    /// @throws io.keyward.registry.client.RegistryUnavailableException if the registry does not answer
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses
    public List<Notice> poll(Duration timeout) {
        Stopwatch stopwatch = Stopwatch.start();
        List<Notice> told;
        do {
            lookAtTopic();
            told = readOn(stopwatch.left(timeout));
        } while (told.isEmpty() && !stopwatch.hasReached(timeout));
        return told;
    }

    private List<Notice> readOn(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(timeout);
        } catch (InvalidOffsetException gone) {
            LOG.warn("The topic {} no longer contains what was read; everything is reported again", topic, gone);
            begin();
            return List.of();
        }
        List<Notice> told = new ArrayList<>();
        for (FeedRecord read : decoded(records)) {
            List<Notice> tells = read.warning()
                    .map(warning -> state.read(read.key(), warning))
                    .orElseGet(() -> state.removed(read.key()));
            if (read.offset() >= next.getOrDefault(read.partition(), 0L)) {
                told.addAll(tells);
                next.put(read.partition(), read.offset() + 1);
            }
        }
        return told;
    }

    /// Decodes all records before any is reported, so that they are polled again if one has to wait.
    private List<FeedRecord> decoded(ConsumerRecords<byte[], byte[]> records) {
        List<FeedRecord> decoded = new ArrayList<>(records.count());
        try {
            records.forEach(record -> FeedRecord.read(record, values).ifPresent(decoded::add));
            return decoded;
        } catch (RuntimeException unavailable) {
            records.partitions()
                    .forEach(partition -> consumer.seek(
                            partition, records.records(partition).get(0).offset()));
            throw unavailable;
        }
    }

    /// Checks from time to time for more partitions, and whether the topic was recreated.
    private void lookAtTopic() {
        if (!looked.hasReached(LOOKS_AT_TOPIC)) {
            return;
        }
        looked = Stopwatch.start();
        try {
            TopicDescription described = describe();
            Set<TopicPartition> added = partitions(described);
            if (!described.topicId().equals(topicId)) {
                LOG.warn("The topic {} was recreated; everything is reported", topic);
                begin();
            } else if (added.removeAll(consumer.assignment()) && !added.isEmpty()) {
                consumer.assign(partitions(described));
                consumer.seekToBeginning(added);
            }
        } catch (RetriableException unanswered) {
            LOG.info("Cannot describe the topic {} now; trying again later: {}", topic, unanswered.toString());
        }
    }

    private TopicDescription describe() {
        return Optional.ofNullable(KafkaAnswers.topics(admin, List.of(topic)).get(topic))
                .orElseThrow(() -> new UnknownTopicOrPartitionException("The topic " + topic + " is missing."));
    }

    private Set<TopicPartition> partitions(TopicDescription described) {
        return KafkaAnswers.partitions(topic, described.partitions().size()).collect(Collectors.toSet());
    }

    /// The position to store once all notices polled so far are handled; [#open] resumes from it. A text of at
    /// most 30 characters for each partition, and 23 more.
    public String position() {
        return new FeedPosition(topicId, next).toString();
    }

    /// Stops reading. The position remains available.
    @Override
    public void close() {
        consumer.close();
        admin.close();
        registry.close();
    }
}
