package io.keyward.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes records with an idempotent producer that waits for acknowledgements. The caller chooses topic,
/// partition, key and timestamp, and serializes the value; [EventPublisher] does so as the contract requires.
/// Thread-safe.
public final class EventSender implements AutoCloseable {
    private static final int LIMIT_MILLIS = 30_000;
    private static final int LINGER_MILLIS = 5;

    private final Producer<byte[], byte[]> producer;

    /// @param producer closed with this object
    public EventSender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /// Opens a producer. Kafka does not have to be reachable yet.
    ///
    /// @param producer settings, from [#producerSettings]
    /// @throws KafkaException if Kafka does not accept the settings
    public static EventSender open(Map<String, Object> producer) {
        return new EventSender(new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /// The settings of an idempotent producer that waits for acknowledgements. A record fails if it is not
    /// acknowledged within 30 seconds, or within the user's `delivery.timeout.ms`. If the user sets
    /// `request.timeout.ms` alone, Kafka's own limit applies: two minutes, or the time of a longer request.
    ///
    /// @param kafka the user's settings; settings on which the guarantees depend are replaced
    /// @param clientId used unless the user sets one
    public static Map<String, Object> producerSettings(Map<String, ?> kafka, String clientId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT_MILLIS);
        // Kafka rejects a delivery timeout that is shorter than the request timeout.
        if (!kafka.containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS / 2);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        }
        settings.putAll(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.remove(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG); // with it, the producer could write in transactions only
        return settings;
    }

    /// Sends a record. May block for up to `max.block.ms` on Kafka's metadata or on memory.
    ///
    /// @return completes with the coordinates once Kafka has acknowledged the record, or with Kafka's exception.
    ///     It also fails if a broker has the record from an earlier attempt without knowing its offset. The
    ///     record may then be sent again, because repeated events count once
    /// @throws KafkaException if the producer can no longer be used, or the thread is interrupted
    @SuppressWarnings("FutureReturnValueIgnored") // the callback learns the same
    public CompletableFuture<Coordinates> send(ProducerRecord<byte[], byte[]> event) {
        CompletableFuture<Coordinates> sent = new CompletableFuture<>();
        producer.send(event, (coordinates, failure) -> {
            if (failure != null) {
                sent.completeExceptionally(failure);
            } else if (coordinates.hasOffset()) {
                sent.complete(new Coordinates(coordinates.topic(), coordinates.partition(), coordinates.offset()));
            } else {
                sent.completeExceptionally(new KafkaException(
                        "Kafka has stored the record, but did not return its offset in %s; send it again"
                                .formatted(coordinates.topic())));
            }
        });
        return sent;
    }

    /// The number of partitions of the topic, as far as the producer knows.
    ///
    /// @throws KafkaException if Kafka does not return it within `max.block.ms`
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /// Waits until every sent record is acknowledged or has failed.
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        close(Duration.ofMillis(LIMIT_MILLIS));
    }

    /// Records that are not acknowledged within this time fail.
    public void close(Duration limit) {
        producer.close(limit);
    }
}
