package io.keyward.topology;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.topology.store.Nodes;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/// Forwards records on the owning partition of their tenant, and reroutes others once, through the topic
/// `rerouted`. Facts are order-independent, so rerouting does not change any result.
final class RouteProcessor extends ContextualProcessor<String, Admitted, Object, Object> {
    private final TopicNames names;
    private final int partitions;
    private final FlowObserver observer;

    /// @param partitions the partition count of all inputs
    RouteProcessor(TopicNames names, int partitions, FlowObserver observer) {
        this.names = names;
        this.partitions = partitions;
        this.observer = observer;
    }

    @Override
    public void process(Record<String, Admitted> admitted) {
        if (TenantPartitioner.partitionOf(admitted.key(), partitions)
                == context().taskId().partition()) {
            observer.admitted(admitted.value().event());
            context().forward(admitted, Nodes.DECIDE);
        } else {
            String topic = names.topic(admitted.value().origin().topic())
                    .map(Topic::baseName)
                    .orElse("other");
            observer.rerouted(topic, LogSubject.of(admitted.value()));
            context().forward(toReroute(admitted), Nodes.write(Topic.REROUTED));
        }
    }

    private static Record<String, byte[]> toReroute(Record<String, Admitted> admitted) {
        RecordHeaders headers = new RecordHeaders(admitted.headers().toArray());
        headers.remove(OriginCoordinates.HEADER);
        headers.add(OriginCoordinates.HEADER, admitted.value().origin().asHeader());
        return admitted.withValue(admitted.value().received()).withHeaders(headers);
    }
}
