package io.keyward.bench.micro;

import io.keyward.avro.EventWriter;
import io.keyward.bench.rules.OutputEncoder;
import io.keyward.bench.rules.TenantDecider;
import io.keyward.bench.subject.HeapFacts;
import io.keyward.bench.workload.Workload;
import io.keyward.bench.workload.WorkloadSize;
import io.keyward.client.Topic;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.RuleProfiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/// The samples for the inner parts, taken from the end of a fully decided workload.
///
/// @param inputs records as received from the broker
/// @param environments environments that can be decided, with their last event and the facts of their keys
record Samples(List<Input> inputs, List<Environment> environments, List<Publication> publications) {
    /// The number of samples of each kind.
    static final int COUNT = 1_024;

    private static final WorkloadSize SHAPE = WorkloadSize.ofEvents(7, 40_000);

    private static final Map<String, Topic> TOPICS = Topic.inputs().stream()
            .collect(Collectors.toMap(topic -> topic.valueSchema().orElseThrow(), topic -> topic));

    /// A record of an input topic.
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Input(Topic topic, byte[] value) {}

    /// An environment before the event, and the facts of its keys.
    record Environment(Event.OfEnvironment event, EnvironmentState before, Map<KeyId, KeyFacts> keys) {}

    static Samples of(SchemaRegistry registry) {
        AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        TenantDecider desk =
                new TenantDecider(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
        Map<TenantId, HeapFacts> tenants = new HashMap<>();
        List<Input> inputs = new ArrayList<>();
        List<Environment> environments = new ArrayList<>();
        List<Publication> publications = new ArrayList<>();
        for (Workload workload = new Workload(SHAPE); workload.hasNext(); ) {
            Event event = workload.next();
            HeapFacts facts = tenants.computeIfAbsent(event.tenantId(), _ -> new HeapFacts((_, _) -> {}));
            inputs.add(input(serializer, event));
            if (event instanceof Event.OfEnvironment own) {
                Environment environment = environment(own, facts);
                if (environment.before().facts().with(own).decidable()) {
                    environments.add(environment);
                }
            }
            publications.addAll(desk.decide(
                    facts, event, OutputEncoder.trigger(event, new OutputEncoder.Origin("", 0, 0, 0), List.of())));
        }
        return new Samples(last(inputs), last(environments), last(publications));
    }

    private static Input input(AvroSerializer serializer, Event event) {
        SpecificRecord value = EventWriter.write(event, "");
        Topic topic = TOPICS.get(value.getSchema().getFullName());
        return new Input(topic, serializer.serialize(topic.baseName(), value));
    }

    private static Environment environment(Event.OfEnvironment event, HeapFacts facts) {
        EnvironmentId id = event.environmentId();
        EnvironmentState before = facts.environment(id);
        Map<KeyId, KeyFacts> keys =
                before.facts().with(event).keys().stream().collect(Collectors.toMap(key -> key, facts::key));
        return new Environment(event, before, keys);
    }

    private static <T> List<T> last(List<T> all) {
        return List.copyOf(all.subList(all.size() - COUNT, all.size()));
    }
}
