package io.keyward.topology;

import io.keyward.avro.ErasureCodec;
import io.keyward.avro.EventWriter;
import io.keyward.avro.PublicationWriter;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Explanation;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.store.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Forwards publications to their topics, with the time and the headers of the record that caused them, and
/// with the task's position at that moment.
///
/// @param destinations see [#destinations]
/// @param isWithholding whether nothing is published, because the state is being restored ([RestoredState])
record PublicationForwarder(
        ProcessorContext<String, byte[]> context,
        Map<Topic, Destination> destinations,
        PublicationWriter writer,
        Ports ports,
        TaskPosition position,
        boolean isWithholding)
        implements TaskOutputs {
    /// Only reports prove enforcement. Other causes change what is desired, or match reports that
    /// arrived earlier.
    private static final String REPORT = Event.EnforcementReported.class.getSimpleName();

    /// The full name of a topic, and the node that writes it.
    record Destination(String topic, String node) {}

    /// The destination of each topic.
    static Map<Topic, Destination> destinations(TopicNames names) {
        Map<Topic, Destination> destinations = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            destinations.put(topic, new Destination(names.name(topic), Nodes.write(topic)));
        }
        return destinations;
    }

    @Override
    public EnvironmentState publish(Published before, DecisionResult result, Trigger trigger) {
        if (isWithholding) {
            return result.after().with(before);
        }
        if (result.publications().isEmpty()) {
            return result.after();
        }
        Headers headers = headers(trigger.headers());
        for (Publication publication : result.publications()) {
            publish(publication, trigger, headers, result::explanation);
        }
        if (trigger.cause().eventType().equals(REPORT)) {
            result.after()
                    .published()
                    .decision()
                    .ifPresent(decision -> decision.proven(before.decision())
                            .values()
                            .forEach(enforcement -> ports.observer()
                                    .proven(Duration.between(
                                            enforcement.desiredSince(),
                                            trigger.cause().occurredAt()))));
        }
        return result.after();
    }

    @Override
    public void publish(Publication publication, Trigger trigger) {
        publish(publication, trigger, headers(trigger.headers()), List::of);
    }

    /// Leaves out the headers of the request, which could contain personal data.
    @Override
    public void publish(Erasure erasure, Trigger trigger) {
        Headers headers = headers(List.of());
        Destination destination = destinations.get(Topic.ERASURES);
        byte[] value = writer.bytes(destination.topic(), headers, ErasureCodec.write(erasure));
        context.forward(
                new Record<>(erasure.tenantSha256(), value, TaskOutputs.time(trigger), headers), destination.node());
        ports.observer().erased();
    }

    @Override
    public void publish(Event.TimeReached event, Instant now) {
        Destination destination = destinations.get(Topic.TIME_REACHED);
        Headers headers = headers(ports.tracing().sent(destination.topic()));
        byte[] value = writer.bytes(destination.topic(), headers, EventWriter.write(event, "keyward"));
        context.forward(new Record<>(event.tenantId().value(), value, now.toEpochMilli(), headers), destination.node());
    }

    /// The carried headers, followed by the header with the task's position.
    private Headers headers(List<Trigger.CarriedHeader> carried) {
        RecordHeaders headers = new RecordHeaders();
        for (Trigger.CarriedHeader header : carried) {
            headers.add(header.name(), header.value());
        }
        headers.add(position.header());
        return headers;
    }

    private void publish(Publication publication, Trigger trigger, Headers common, Supplier<List<Explanation>> why) {
        RecordHeaders headers = new RecordHeaders(common); // a serde may add to them
        Destination destination = destinations.get(Topics.of(publication));
        byte[] value = writer.bytes(destination.topic(), headers, publication);
        context.forward(new Record<>(publication.key(), value, TaskOutputs.time(trigger), headers), destination.node());
        Duration sinceCause =
                Duration.between(trigger.recordTime(), Instant.ofEpochMilli(context.currentSystemTimeMs()));
        ports.observer().published(publication, sinceCause, why);
    }
}
