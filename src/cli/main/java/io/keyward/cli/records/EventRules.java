package io.keyward.cli.records;

import io.keyward.avro.EventCodec;
import io.keyward.client.Topic;
import io.keyward.config.ClientSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StreamsProperties;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Bounds;
import io.keyward.topology.RecordLimits;
import io.keyward.topology.RecordSize;
import io.keyward.topology.contract.EventLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/// Finds the events that a Kafka cluster or the processor would refuse at one point in time. For one thread.
///
/// @param largest the maximum size of a record, in bytes, that every topic accepts
/// @param largestOfTopic the maximum size, in bytes, for topics with a stricter limit
public record EventRules(
        Instant now, Bounds bounds, int largest, Map<Topic, Integer> largestOfTopic, AvroSerializer serializer) {
    /// Returns the rules as far as they are known without querying a cluster.
    public static EventRules from(KeywardConfig config, Instant now) {
        return new EventRules(
                now,
                config.rules().bounds(),
                Math.min(RecordLimits.DEFAULT.admitted(), maxRequestBytes(config.kafka())),
                Map.of(),
                new AvroSerializer(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT));
    }

    private static int maxRequestBytes(ClientSettings kafka) {
        return Optional.ofNullable(kafka.values().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
                .map(String::strip)
                .map(Integer::valueOf)
                .orElse(StreamsProperties.DEFAULT_REQUEST_BYTES);
    }

    /// Returns the same rules with the topics' limits on the size of records, in bytes.
    public EventRules limitedTo(Map<Topic, Integer> limits) {
        Map<Topic, Integer> stricter = new HashMap<>(limits);
        stricter.values().removeIf(limit -> limit >= largest);
        return new EventRules(now, bounds, largest, stricter, serializer);
    }

    /// Returns why the event would be refused, starting with the refusal code; empty if it would be accepted.
    Optional<String> refusal(EventLine event) {
        if (event.value().isEmpty()) {
            return Optional.of(RefusalCode.MISSING_VALUE
                    + ": value is null; every event has a value, and events are never deleted");
        }
        return tooLarge(event).or(() -> invalid(event)).or(() -> fromTheFuture(event));
    }

    private Optional<String> invalid(EventLine event) {
        try {
            EventCodec.read(event.value().orElseThrow(), bounds.minTime());
            return Optional.empty();
        } catch (RefusedException refused) {
            return Optional.of(refused.code() + ": " + refused.detail());
        }
    }

    /// A timestamp in the line counts only if it is earlier than now: brokers replace it with their own time.
    private Optional<String> fromTheFuture(EventLine event) {
        Instant occurredAt = event.occurredAt().orElseThrow();
        Instant taken = event.timestamp().filter(now::isAfter).orElse(now);
        return occurredAt.isAfter(taken.plus(bounds.maxFuture()))
                ? Optional.of(
                        "%s: occurredAt is %s, more than %s after the record's time, %s; correct it, or send the line once it has occurred"
                                .formatted(RefusalCode.TIMESTAMP_IN_FUTURE, occurredAt, bounds.maxFuture(), taken))
                : Optional.empty();
    }

    private Optional<String> tooLarge(EventLine event) {
        long size = RecordSize.of(
                event.key().map(key -> key.getBytes(StandardCharsets.UTF_8)).orElse(null),
                serializer.serialize(event.topic().baseName(), event.value().orElseThrow()));
        int limit = largestOfTopic.getOrDefault(event.topic(), largest);
        return size > limit
                ? Optional.of("%s: the record has %d bytes before compression; the maximum is %d"
                        .formatted(RefusalCode.TOO_LARGE, size, limit))
                : Optional.empty();
    }
}
