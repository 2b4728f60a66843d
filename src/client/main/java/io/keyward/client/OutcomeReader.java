package io.keyward.client;

import io.keyward.decision.Progress;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.Stopwatch;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows `progress` and `dead-letters` and returns the outcome of events. Thread-safe.
final class OutcomeReader extends OutcomeState implements Follower.Reader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReader.class);

    private final String progress;
    private final AvroDeserializer deserializer;
    private final Follower follower;
    private final Admin admin;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final Stopwatch clock = Stopwatch.start();

    OutcomeReader(Settings settings, SchemaRegistry registry) {
        super(settings.topics());
        progress = settings.topics().name(Topic.PROGRESS);
        deserializer = AvroDeserializer.specific(
                registry, List.of(Progress.getClassSchema()), Progress.class.getClassLoader());
        admin = Admin.create(settings.impatient());
        follower = Follower.start("keyward-outcomes", settings, List.of(Topic.PROGRESS, Topic.DEAD_LETTERS), this);
    }

    /// The known outcome of the event. If nothing is known for long, asks Kafka whether the record exists.
    ///
    /// @throws IllegalArgumentException if the coordinates are not in an input topic
    @SuppressWarnings("FutureReturnValueIgnored") // failures are logged where they occur
    Outcome outcome(Coordinates coordinates) {
        long now = clock.elapsed().toMillis();
        Outcome outcome = outcome(coordinates, now);
        if (asking.compareAndSet(false, true)) {
            CompletableFuture.allOf(due(now).stream()
                            .map(topic -> askEnds(topic, now).toCompletableFuture())
                            .toArray(CompletableFuture<?>[]::new))
                    .whenComplete((done, failure) -> asking.set(false));
        }
        return outcome;
    }

    /// A request that fails leaves the outcome pending, and is sent again.
    private CompletionStage<?> askEnds(String topic, long sent) {
        return admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .toCompletionStage()
                .thenCompose(found -> KafkaAnswers.offsets(
                                admin,
                                KafkaAnswers.partitions(
                                        List.of(topic), found.partitions().size()),
                                OffsetSpec.latest(),
                                IsolationLevel.READ_UNCOMMITTED)
                        .toCompletionStage())
                .handle((ends, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause == null || cause instanceof UnknownTopicOrPartitionException) {
                        ends(topic, cause == null ? byPartition(ends) : Map.of(), sent);
                    } else {
                        LOG.warn("Cannot get the end offsets of {}", topic, cause);
                    }
                    return topic;
                });
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> ends) {
        Map<Integer, Long> offsets = new HashMap<>();
        ends.forEach((partition, end) -> offsets.put(partition.partition(), end));
        return offsets;
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> read) {
        if (!read.topic().equals(progress)) {
            Optional<Outcome.Refused> refusal = DeadLetterHeaders.refusal(read.headers());
            DeadLetterHeaders.coordinates(read.headers())
                    .ifPresent(coordinates -> refusal.ifPresent(why -> refused(coordinates, why)));
        } else if (read.value() == null) {
            removed(Integer.parseInt(new String(read.key(), StandardCharsets.UTF_8)));
        } else {
            progress(
                    (Progress) deserializer.deserialize(progress, read.headers(), read.value()),
                    Instant.ofEpochMilli(read.timestamp()));
        }
    }

    @Override
    public void close() {
        follower.close();
        admin.close(Duration.ofSeconds(5));
    }
}
