package io.keyward.intake;

import io.keyward.client.TopicNames;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.ValueWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes with one idempotent producer. Uses its own thread, because the schema registry or the cluster may block it.
/// Safe for many threads.
///
/// A delivery fails when Kafka or the registry does not answer within the timeout, and at once when too many wait.
public final class KafkaPublisher implements Publisher, AutoCloseable {
    static final int MAX_WAITING = 128;

    private static final String CLIENT_ID = "keyward-intake";
    private static final int LINGER_MILLIS = 5;
    private static final int MAX_REQUEST_BYTES = 1024 * 1024;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final DeliveryRecords records;
    private final RenewedProducer producer;
    private final Duration timeout;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("keyward-intake-publish").daemon().factory());

    KafkaPublisher(DeliveryRecords records, RenewedProducer producer, Duration timeout) {
        this.records = records;
        this.producer = producer;
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
        Supplier<Producer<byte[], byte[]>> producers =
                () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        return new KafkaPublisher(new DeliveryRecords(names, values), new RenewedProducer(producers), timeout);
    }

    /// Blocking and delivering together take no longer than the timeout.
    static Map<String, Object> settings(Map<String, ?> kafka, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, CLIENT_ID);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
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
        CompletableFuture<Void> result =
                new CompletableFuture<Void>().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            thread.execute(() -> deliver(() -> records.of(tenant, origin, items), result));
        } catch (RejectedExecutionException refused) {
            result.completeExceptionally(
                    new IllegalStateException("too many deliveries wait, or the intake stops", refused));
        }
        return result;
    }

    private void deliver(Supplier<List<ProducerRecord<byte[], byte[]>>> delivery, CompletableFuture<Void> result) {
        if (result.isDone()) {
            return; // it took too long, and its source sends it again
        }
        try {
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : delivery.get()) {
                sent.add(send(record));
                if (sent.getLast().isCompletedExceptionally()) {
                    break; // each further record might block as long as this one
                }
            }
            var _ = CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .whenComplete((_, failure) -> complete(result, failure));
        } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        producer.send(record, (_, failure) -> complete(acknowledged, failure));
        return acknowledged;
    }

    private static void complete(CompletableFuture<Void> future, Throwable failure) {
        if (failure == null) {
            future.complete(null);
        } else {
            future.completeExceptionally(failure);
        }
    }

    /// How many deliveries wait for the thread.
    int waiting() {
        return thread.getQueue().size();
    }

    /// Sends what waits within a time limit, and then gives up. What is not acknowledged by then fails.
    @Override
    public void close() {
        thread.shutdown();
        if (!hasEnded()) {
            thread.shutdownNow();
            hasEnded();
        }
        producer.close();
    }

    private boolean hasEnded() {
        try {
            return thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
