package io.keyward.bench.flink;

import io.keyward.bench.rules.InputDecoder;
import io.keyward.bench.rules.OutputEncoder;
import io.keyward.bench.rules.TenantDecider;
import io.keyward.bench.subject.Partitions;
import io.keyward.bench.subject.ValueSerdes;
import io.keyward.client.TopicNames;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.RuleProfiles;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Applies all rules of the product, tenant by tenant.
final class DecideFunction extends KeyedProcessFunction<String, FlinkInput, FlinkOutput> {
    private final String registryUrl;
    private final String prefix;
    private transient InputDecoder incoming;
    private transient OutputEncoder outgoing;
    private transient TenantDecider decider;
    private transient FlinkFacts facts;

    DecideFunction(String registryUrl, String prefix) {
        this.registryUrl = registryUrl;
        this.prefix = prefix;
    }

    @Override
    public void open(OpenContext context) {
        ValueSerde serde = ValueSerdes.of(registryUrl);
        TopicNames names = new TopicNames(prefix);
        incoming = new InputDecoder(names, serde);
        outgoing = new OutputEncoder(names, Partitions.COUNT, serde);
        decider = new TenantDecider(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
        facts = new FlinkFacts(getRuntimeContext());
    }

    @Override
    public void processElement(FlinkInput arrival, Context context, Collector<FlinkOutput> out) {
        Event event = incoming.read(arrival.topic, arrival.value, new RecordHeaders());
        Trigger trigger = OutputEncoder.trigger(
                event,
                new OutputEncoder.Origin(arrival.topic, arrival.partition, arrival.offset, arrival.time),
                List.of());
        for (Publication publication : decider.decide(facts, event, trigger)) {
            out.collect(FlinkOutput.of(outgoing.of(publication, trigger), arrival.sent));
        }
    }
}
