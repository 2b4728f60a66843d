package io.keyward.config;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.Outages;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// An Event Hub that holds the audit logs of one tenant's vaults. Printing it shows no secret.
///
/// @param topic the name of the Event Hub
/// @param consumerSettings of Kafka's consumer, such as where the namespace is and how to sign in
public record AuditSource(TenantId tenant, String topic, Map<String, Object> consumerSettings) {
    /// What the consumer always uses: offsets are only committed for records that Kafka has acknowledged.
    public static final Map<String, Object> FIXED = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");

    private static final String PREFIX = "keyward-intake-";
    private static final int RECORDS_PER_POLL = 100;
    private static final int RECONNECT_MILLIS = 10_000;

    public AuditSource {
        consumerSettings = Map.copyOf(consumerSettings);
    }

    /// All settings of the consumer: the given ones over the defaults, and the fixed ones over both.
    ///
    /// The Event Hub has a group of its own: the consumers of a group must be allowed to read all that the
    /// group reads.
    public Map<String, Object> settings() {
        String name = PREFIX + topic;
        Map<String, Object> settings = new HashMap<>(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG, name,
                CommonClientConfigs.CLIENT_ID_CONFIG, name,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS));
        settings.putAll(consumerSettings);
        settings.putAll(FIXED);
        return settings;
    }

    /// A consumer with these settings.
    ///
    /// @throws KafkaException if the settings cannot be used
    public Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Asks the Event Hub how far it reaches, and whether the group may read it. Changes nothing.
    ///
    /// @param limit for each of the questions
    /// @return why it cannot be read, as a sentence; empty if it can
    public Optional<String> problem(Duration limit) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            consumer.committed(ends(consumer, limit).keySet(), limit);
            return Optional.empty();
        } catch (KafkaException failure) {
            return Optional.of(explain(failure));
        }
    }

    /// The end of each partition.
    ///
    /// @throws KafkaException if the Event Hub does not answer, does not exist, or may not be read
    public Map<TopicPartition, Long> ends(Consumer<byte[], byte[]> consumer, Duration limit) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, limit).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("There is no Event Hub " + topic + ".");
        }
        return consumer.endOffsets(partitions, limit);
    }

    /// What a failure means to an operator, as a sentence.
    public static String explain(KafkaException failure) {
        return switch (failure) {
            case AuthenticationException refused -> "It refuses the credentials: " + refused.getMessage();
            case AuthorizationException denied -> "It may not be read: " + denied.getMessage();
            default -> withReason(String.valueOf(failure.getMessage()), Outages.innermost(failure));
        };
    }

    /// What Java says about a bad `sasl.jaas.config` may hold a part of it, so only its kind is shown.
    private static String withReason(String message, Throwable reason) {
        if (!(reason instanceof KafkaException || reason instanceof IOException)) {
            return "%s: %s; are its settings for signing in right, such as sasl.jaas.config?"
                    .formatted(message, reason.getClass().getSimpleName());
        }
        return message.equals(reason.getMessage()) ? message : message + ": " + reason.getMessage();
    }

    @Override
    public String toString() {
        return "the Event Hub %s at %s (tenant %s)"
                .formatted(topic, consumerSettings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), tenant);
    }
}
