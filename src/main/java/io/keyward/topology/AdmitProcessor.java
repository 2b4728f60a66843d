package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import io.keyward.topology.store.Nodes;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Reads records as valid events. A record that is not one goes to the dead letters with its reason.
///
/// If nearly all records of nearly all tenants are refused, the input is not at fault: a
/// [SystemicRefusalException] stops the instance (see [RefusalWatch]). If the schema registry does not
/// answer, its exception passes through, and the record is read again later.
final class AdmitProcessor implements Processor<byte[], byte[], Object, Object> {
    private final EventReader reader;
    private final TopicNames names;
    private final Bounds bounds;
    private final RefusalWatch refusals;
    private final FlowObserver observer;
    private ProcessorContext<Object, Object> context;

    /// @param refusals shared by all tasks
    AdmitProcessor(EventReader reader, Flow flow, RefusalWatch refusals, FlowObserver observer) {
        this.reader = reader;
        this.names = flow.names();
        this.bounds = flow.bounds();
        this.refusals = refusals;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        Origin origin = Origin.firstRead(context.recordMetadata().orElseThrow(), received.headers(), names);
        Event event;
        try {
            event = read(received, origin);
        } catch (RefusedException refusal) {
            refuse(received, origin, Optional.empty(), refusal);
            return;
        }
        Optional<RefusedException> tooEarly = refusalOfFutureTime(event, received);
        if (tooEarly.isPresent()) {
            refuse(received, origin, Optional.of(event.stamp().eventId()), tooEarly.get());
            return;
        }
        refusals.accepted(event.tenantId(), context.currentSystemTimeMs());
        context.forward(
                received.withKey(event.tenantId().value()).withValue(new Admitted(event, origin, received.value())),
                Nodes.ROUTE);
    }

    private void refuse(Record<byte[], byte[]> received, Origin origin, Optional<EventId> event, RefusedException why) {
        refusals.refused(
                origin,
                names.topic(origin.topic()).filter(Topic.inputs()::contains),
                received.key(),
                why.code(),
                context.currentSystemTimeMs());
        observer.refused(why, LogSubject.of(origin, event));
        context.forward(
                DeadLetters.of(received, origin, why, bounds.records().deadLetter()), Nodes.write(Topic.DEAD_LETTERS));
    }

    private Event read(Record<byte[], byte[]> received, Origin origin) {
        requireForwardableSize(received);
        if (received.value() == null) {
            throw new RefusedException(
                    RefusalCode.MISSING_VALUE,
                    "The record has no value; every event has one, and events are never deleted.");
        }
        return reader.read(origin.topic(), received.value(), received.headers(), expectedSchema(origin));
    }

    private Optional<RefusedException> refusalOfFutureTime(Event event, Record<byte[], byte[]> record) {
        Instant received = Instant.ofEpochMilli(record.timestamp());
        if (!event.occurredAt().isAfter(received.plus(bounds.maxFuture()))) {
            return Optional.empty();
        }
        return Optional.of(new RefusedException(
                RefusalCode.TIMESTAMP_IN_FUTURE,
                "occurredAt is " + event.occurredAt() + ", more than " + bounds.maxFuture()
                        + " after the broker's time of the record, " + received + "; check the producer's clock."));
    }

    /// Checked for every record, forwarded or not: whether an event is accepted must not depend on its partition.
    private void requireForwardableSize(Record<byte[], byte[]> received) {
        long size = RecordSize.of(received);
        if (size > bounds.records().admitted()) {
            throw new RefusedException(
                    RefusalCode.TOO_LARGE,
                    "The record has " + size + " bytes before compression; the limit is "
                            + bounds.records().admitted() + ". No event needs that many.");
        }
    }

    private String expectedSchema(Origin origin) {
        return names.topic(origin.topic())
                .flatMap(Topic::valueSchema)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.WRONG_SCHEMA,
                        "The topic " + origin.topic() + " carries no events; send them to the input topics."));
    }
}
