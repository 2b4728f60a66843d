package io.keyward.bench.flink;

import io.keyward.bench.rules.Incoming;
import io.keyward.bench.rules.Outgoing;
import io.keyward.bench.rules.TenantDecider;
import io.keyward.bench.subject.Partitions;
import io.keyward.bench.subject.Values;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.contract.TopicNames;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Decides tenant by tenant, by all rules of the product.
final class Deciding extends KeyedProcessFunction<String, Arrival, Departure> {
    private final String registryUrl;
    private final String prefix;
    private transient Incoming incoming;
    private transient Outgoing outgoing;
    private transient TenantDecider decider;
    private transient FlinkFacts facts;

    Deciding(String registryUrl, String prefix) {
        this.registryUrl = registryUrl;
        this.prefix = prefix;
    }

    @Override
    public void open(OpenContext context) {
        ValueSerde serde = Values.of(registryUrl);
        TopicNames names = new TopicNames(prefix);
        incoming = new Incoming(names, serde);
        outgoing = new Outgoing(names, Partitions.COUNT, serde);
        decider = new TenantDecider(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
        facts = new FlinkFacts(getRuntimeContext());
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Departure> out) {
        Event event = incoming.read(arrival.topic, arrival.value, new RecordHeaders());
        Trigger trigger = Outgoing.trigger(
                event, new Outgoing.Origin(arrival.topic, arrival.partition, arrival.offset, arrival.time), List.of());
        for (Publication publication : decider.decide(facts, event, trigger)) {
            out.collect(Departure.of(outgoing.of(publication, trigger), arrival.sent));
        }
    }
}
