package io.keyward.intake;

import io.keyward.client.Coordinates;
import io.keyward.client.EventSender;
import io.keyward.client.TopicNames;
import io.keyward.cluster.QueuedSender;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.ValueWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes with one idempotent producer. Safe for many threads.
///
/// A delivery fails when Kafka or the registry does not answer within the timeout, and at once when too many wait.
public final class KafkaPublisher implements Publisher, AutoCloseable {
    static final int MAX_WAITING = 128;

    private static final String CLIENT_ID = "keyward-intake";
    private static final int LINGER_MILLIS = 5;
    private static final int MAX_REQUEST_BYTES = 1024 * 1024;

    private final DeliveryRecords records;
    private final QueuedSender sender;
    private final Duration timeout;

    KafkaPublisher(DeliveryRecords records, Supplier<EventSender> senders, Duration timeout) {
        this.records = records;
        this.sender = new QueuedSender("keyward-intake-publish", MAX_WAITING, senders);
        this.timeout = timeout;
    }

    /// Opens a publisher. Kafka need not answer yet.
    ///
    /// @param kafka settings of the producer; those on which the guarantees depend are replaced
    /// @param values used by this publisher only
    /// @param timeout after which a delivery fails; at least a second
    /// @throws org.apache.kafka.common.KafkaException if Kafka refuses the settings
    public static KafkaPublisher start(Map<String, ?> kafka, TopicNames names, ValueWriter values, Duration timeout) {
        Map<String, Object> settings = settings(kafka, timeout);
        return new KafkaPublisher(new DeliveryRecords(names, values), () -> EventSender.open(settings), timeout);
    }

    /// Blocking and delivering together take no longer than the timeout.
    static Map<String, Object> settings(Map<String, ?> kafka, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> settings = EventSender.producerSettings(kafka, CLIENT_ID);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, CLIENT_ID);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 4);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis - millis / 4);
        return settings;
    }

    @Override
    public CompletableFuture<Void> publish(TenantId tenant, Origin origin, List<Item> items) {
        if (items.stream().allMatch(item -> item.finding() instanceof Finding.Irrelevant)) {
            return CompletableFuture.completedFuture(null);
        }
        return sender.submit(to -> deliver(records.of(tenant, origin, items), to))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CompletableFuture<Void> deliver(
            List<ProducerRecord<byte[], byte[]>> delivery, QueuedSender.Sending to) {
        List<CompletableFuture<Coordinates>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : delivery) {
            sent.add(to.send(record));
            if (sent.getLast().isCompletedExceptionally()) {
                break; // each further record might block as long as this one
            }
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }

    /// Sends what waits within a time limit, and then gives up. What is not acknowledged by then fails.
    @Override
    public void close() {
        sender.close();
    }
}
