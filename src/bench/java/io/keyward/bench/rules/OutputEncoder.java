package io.keyward.bench.rules;

import io.keyward.avro.PublicationWriter;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.TopicNames;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Makes the records of publications with the product's topics, keys, partitions, values and headers. Not
/// thread-safe.
public final class OutputEncoder {
    private final TopicNames names;
    private final int partitions;
    private final PublicationWriter writer;

    public OutputEncoder(TopicNames names, int partitions, ValueSerde serde) {
        this.names = names;
        this.partitions = partitions;
        writer = new PublicationWriter(serde);
    }

    /// The position of an event's record.
    public record Origin(String topic, int partition, long offset, long timestamp) {}

    /// The trigger of the event's publications.
    public static Trigger trigger(Event event, Origin origin, List<Trigger.CarriedHeader> headers) {
        return new Trigger(
                new Cause(
                        event.type(),
                        event.stamp().eventId().value(),
                        event.occurredAt(),
                        origin.topic(),
                        origin.partition(),
                        origin.offset()),
                Instant.ofEpochMilli(origin.timestamp()),
                headers);
    }

    /// The record of a publication.
    public ProducerRecord<byte[], byte[]> of(Publication publication, Trigger trigger) {
        String topic = names.name(Topics.of(publication));
        Headers headers = new RecordHeaders();
        trigger.headers().forEach(header -> headers.add(header.name(), header.value()));
        byte[] value = writer.bytes(topic, headers, publication);
        return new ProducerRecord<>(
                topic,
                TenantPartitioner.partitionOf(publication.tenantId().value(), partitions),
                trigger.recordTime().toEpochMilli(),
                publication.key().getBytes(StandardCharsets.UTF_8),
                value,
                headers);
    }
}
