package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import io.keyward.topology.store.Nodes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Forwards records that are valid events, and sends the others to the dead letters with their reason
/// ([Admission]).
///
/// If nearly all records of nearly all tenants are refused, the input is not at fault: a
/// [SystemicRefusalException] stops the instance (see [RefusalWatch]). If the schema registry does not answer,
/// its exception passes through, and the record is read again later.
final class AdmitProcessor implements Processor<byte[], byte[], Object, Object> {
    private final Admission admission;
    private final TopicNames names;
    private final Bounds bounds;
    private final RefusalWatch refusals;
    private final FlowObserver observer;
    private ProcessorContext<Object, Object> context;

    /// @param refusals shared by all tasks
    AdmitProcessor(EventReader reader, Flow flow, RefusalWatch refusals, FlowObserver observer) {
        this.admission = new Admission(reader, flow.names(), flow.bounds());
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
        switch (admission.read(context.recordMetadata().orElseThrow(), received)) {
            case Admission.Outcome.Accepted accepted -> admit(received, accepted);
            case Admission.Outcome.Refused refused -> refuse(received, refused);
        }
    }

    private void admit(Record<byte[], byte[]> received, Admission.Outcome.Accepted accepted) {
        refusals.accepted(accepted.event().tenantId(), context.currentSystemTimeMs());
        context.forward(
                new Record<>(
                        accepted.event().tenantId().value(),
                        new Admitted(accepted.event(), accepted.origin(), received.value()),
                        received.timestamp(),
                        received.headers()),
                Nodes.ROUTE);
    }

    private void refuse(Record<byte[], byte[]> received, Admission.Outcome.Refused refused) {
        Origin origin = refused.origin();
        refusals.refused(
                origin,
                names.topic(origin.topic()).filter(Topic.inputs()::contains),
                received.key(),
                refused.why().code(),
                context.currentSystemTimeMs());
        observer.refused(refused.why(), LogSubject.of(origin, refused.event()));
        context.forward(
                DeadLetters.of(received, origin, refused.why(), bounds.records().deadLetter()),
                Nodes.write(Topic.DEAD_LETTERS));
    }
}
