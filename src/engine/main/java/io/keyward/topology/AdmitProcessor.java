package io.keyward.topology;

import io.keyward.client.Topic;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Forwards records that are valid events, and sends all others to the topic `dead-letters` with the reason
/// ([Admission]).
///
/// If nearly all records of nearly all tenants are refused, the input is not the cause: a
/// [SystemicRefusalException] stops the instance (see [RefusalWatch]). If the schema registry does not answer,
/// its exception propagates, and the record is read again later.
final class AdmitProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {
    private final Flow flow;
    private final Ports ports;
    private final Admission admission;
    private final RefusalWatch refusals;

    /// @param refusals shared by all tasks
    AdmitProcessor(Flow flow, Ports ports, RefusalWatch refusals) {
        this.flow = flow;
        this.ports = ports;
        this.admission = new Admission(ports.readers().get(), flow.names(), flow.bounds());
        this.refusals = refusals;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        TaskState task = ports.progress().task(context().taskId().partition());
        task.requireComplete();
        RecordMetadata read = context().recordMetadata().orElseThrow();
        task.position().advance(read);
        switch (admission.read(read, received)) {
            case Admitted admitted -> admit(received, admitted);
            case Admission.Outcome.Refused refused -> refuse(received, refused);
        }
    }

    private void admit(Record<byte[], byte[]> received, Admitted admitted) {
        TenantId tenant = admitted.event().tenantId();
        refusals.accepted(tenant, context().currentSystemTimeMs());
        context()
                .forward(new Record<>(tenant.value(), admitted, received.timestamp(), received.headers()), Nodes.ROUTE);
    }

    private void refuse(Record<byte[], byte[]> received, Admission.Outcome.Refused refused) {
        OriginCoordinates origin = refused.origin();
        Optional<Topic> topic = flow.names().topic(origin.topic());
        refusals.refused(
                origin,
                topic.filter(Topic.inputs()::contains),
                received.key(),
                refused.why().code(),
                context().currentSystemTimeMs());
        ports.observer()
                .refused(
                        topic.map(Topic::baseName).orElse(origin.topic()),
                        refused.why(),
                        LogSubject.of(origin, refused.event()));
        context()
                .forward(
                        DeadLetters.of(
                                received,
                                origin,
                                refused.why(),
                                flow.bounds().records().deadLetter()),
                        Nodes.write(Topic.DEAD_LETTERS));
    }
}
