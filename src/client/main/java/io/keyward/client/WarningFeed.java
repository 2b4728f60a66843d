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

/// Tells which incidents are opened, updated and closed, as the records of `warnings` are committed.
/// For one thread.
///
/// Whoever handles what [#poll] returns, then stores [#position()], and goes on from there after a stop, is
/// told each notice at least once, the notices of an incident in order. A position serves for 30 days: what was
/// closed by a tombstone alone longer ago may be gone from the topic (`min.compaction.lag.ms`).
///
/// It reads all partitions without a group. At each start it reads the topic from the beginning, so that it
/// knows which incidents are open; it tells of what lies behind the position only. It keeps a few hundred bytes
/// of each key.
public final class WarningFeed implements AutoCloseable {
    /// Tells of what is committed from now on. What stands now is known: its changes are told as UPDATED.
    public static final String FROM_NOW = "FROM_NOW";

    /// Tells of all that the topic holds.
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

    /// Begins to read. Of a partition that the position does not name, all is told. So it is, and logged, if
    /// the topic was made anew since the position was stored, or the partition ends before it.
    ///
    /// @param start [#FROM_NOW], [#FROM_BEGINNING], or what [#position()] has returned
    /// @throws IllegalArgumentException if the start is none of these, or a setting is not accepted
    /// @throws org.apache.kafka.common.KafkaException if the topic is missing, or the cluster refuses or
    /// does not answer
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

    /// Begins at the beginning, and tells of everything.
    private void begin() {
        TopicDescription described = describe();
        state = new FeedState();
        next.clear();
        topicId = described.topicId();
        consumer.assign(partitions(described));
        consumer.seekToBeginning(consumer.assignment());
    }

    /// The position as far as the topic holds it.
    private Map<Integer, Long> held(FeedPosition position, Map<Integer, Long> ends) {
        Map<Integer, Long> held = position.topic().equals(topicId) ? new HashMap<>(position.next()) : new HashMap<>();
        held.entrySet().removeIf(offset -> offset.getValue() > ends.getOrDefault(offset.getKey(), 0L));
        if (held.size() < position.next().size()) {
            LOG.warn(
                    "The topic {} with the id {} ends at {}, and does not hold the position {}: all but what lies before "
                            + "it on the partitions {} is told",
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

    /// What has happened since; returns as soon as something has, at the latest after the timeout. While the
    /// registry does not answer for a new schema, it takes up to a minute longer (`retries.deadline.ms`).
    ///
    /// A record that nobody can read is logged and left out. After an exception nothing is lost: poll again.
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
            LOG.warn("The topic {} does not hold what was read of it; all of it is told again", topic, gone);
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

    /// Decodes all before any of them tells something, so that they are polled again if one has to wait.
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

    /// Now and then it looks for more partitions, and whether the topic was made anew.
    private void lookAtTopic() {
        if (!looked.hasReached(LOOKS_AT_TOPIC)) {
            return;
        }
        looked = Stopwatch.start();
        try {
            TopicDescription described = describe();
            Set<TopicPartition> added = partitions(described);
            if (!described.topicId().equals(topicId)) {
                LOG.warn("The topic {} was made anew; all of it is told", topic);
                begin();
            } else if (added.removeAll(consumer.assignment()) && !added.isEmpty()) {
                consumer.assign(partitions(described));
                consumer.seekToBeginning(added);
            }
        } catch (RetriableException unanswered) {
            LOG.info("The topic {} will be looked at later: {}", topic, unanswered.toString());
        }
    }

    private TopicDescription describe() {
        return Optional.ofNullable(KafkaAnswers.topics(admin, List.of(topic)).get(topic))
                .orElseThrow(() -> new UnknownTopicOrPartitionException("The topic " + topic + " is missing."));
    }

    private Set<TopicPartition> partitions(TopicDescription described) {
        return KafkaAnswers.partitions(topic, described.partitions().size()).collect(Collectors.toSet());
    }

    /// What to store once all notices are handled that were polled so far; [#open] goes on from there. It is
    /// text of at most 30 characters for each partition, and 23 more.
    public String position() {
        return new FeedPosition(topicId, next).toString();
    }

    /// Ends the reading. The position can still be asked for.
    @Override
    public void close() {
        consumer.close();
        admin.close();
        registry.close();
    }
}
