package io.keyward.vault.watch;

import io.keyward.avro.EventWriter;
import io.keyward.avro.KeyWatchCodec;
import io.keyward.client.Coordinates;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.QueuedSender;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueWriter;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Writes events to the input topics, as an upstream service does.
///
/// @param values used by this publisher only
/// @param sender of this publisher only; partitions by tenant
public record KafkaFactPublisher(TopicNames names, ValueWriter values, QueuedSender sender) {
    /// The source in the events.
    public static final String SOURCE = "keyward-vault-watch";

    public CompletableFuture<Coordinates> publish(Event.OfKey event) {
        return publish(Topics.of(event), event.tenantId().value(), () -> Optional.of(EventWriter.write(event, SOURCE)));
    }

    /// Publishes how well a key is watched. Use another publisher than for facts: a topic that takes no records would
    /// delay them.
    public CompletableFuture<Coordinates> publish(WatchReport report) {
        return publish(
                Topic.KEY_WATCH,
                KeyWatchCodec.key(report.tenant(), report.key()),
                () -> report.status().map(status -> KeyWatchCodec.write(report.tenant(), report.key(), status)));
    }

    /// @param content empty for a tombstone
    private CompletableFuture<Coordinates> publish(
            Topic topic, String key, Supplier<Optional<? extends IndexedRecord>> content) {
        String name = names.name(topic);
        return sender.submit(to -> {
            Headers headers = new RecordHeaders();
            byte[] value = content.get()
                    .map(written -> values.serialize(name, headers, written))
                    .orElse(null);
            return to.send(
                    new ProducerRecord<>(name, null, null, key.getBytes(StandardCharsets.UTF_8), value, headers));
        });
    }
}
