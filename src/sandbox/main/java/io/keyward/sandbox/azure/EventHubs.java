package io.keyward.sandbox.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.TenantId;
import io.keyward.kafka.KafkaAnswers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Event Hubs to which the vaults' audit logs go, one for each tenant: topics of the broker, which is what an
/// Event Hub looks like to a client of Kafka.
public final class EventHubs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHubs.class);

    private final Producer<byte[], byte[]> producer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("sandbox-event-hubs").factory());

    private EventHubs(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /// Creates the hubs that are missing.
    public static void create(String bootstrapServers, Collection<TenantId> tenants) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (TenantId tenant : tenants) {
                NewTopic hub = new NewTopic(topic(tenant), Optional.of(1), Optional.empty());
                KafkaAnswers.getUnless(
                        TopicExistsException.class,
                        admin.createTopics(List.of(hub)).all().thenApply(_ -> hub));
            }
        }
    }

    public static EventHubs open(String bootstrapServers) {
        return new EventHubs(new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /// The topic of a tenant's hub, named as Azure names hubs of audit logs.
    public static String topic(TenantId tenant) {
        return "insights-logs-auditevent-" + tenant;
    }

    /// Returns at once.
    ///
    /// @param written what to do once the record is in the hub
    void write(TenantId tenant, ObjectNode envelope, Runnable written) {
        byte[] value = envelope.toString().getBytes(StandardCharsets.UTF_8);
        // On a thread of its own, because sending waits for the topic's metadata.
        thread.execute(() -> {
            var _ = producer.send(new ProducerRecord<>(topic(tenant), value), (_, failure) -> {
                if (failure == null) {
                    written.run();
                } else {
                    LOG.warn("An audit record of {} was not written: {}", tenant, failure.toString());
                }
            });
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close();
    }
}
