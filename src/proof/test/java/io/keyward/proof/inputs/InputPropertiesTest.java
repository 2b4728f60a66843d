package io.keyward.proof.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.EventReader;
import io.keyward.client.Position;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Subject;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Admission;
import io.keyward.topology.Bounds;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.TopologyHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// After any history of inputs the facts hold, and they do not if the effect of one event is missing.
class InputPropertiesTest {
    @Provide
    Arbitrary<List<Event>> histories() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    @Property(tries = 150)
    void afterAnyHistoryItHolds(@ForAll("histories") List<Event> history, @ForAll long seed, @ForAll boolean ignored) {
        Event[] arrivals = EventHistories.disturbed(history, seed).toArray(Event[]::new);
        PartitionVerification.Result result = verified(profile(ignored), arrivals, arrivals);
        assertThat(result.report().findings()).isEmpty();
        assertThat(result.report().unverifiable()).isEmpty();
    }

    /// Unless the other events make up for it: then nothing has been lost.
    @Property(tries = 250)
    void afterDroppingTheEffectOfAnyEventItDoesNot(
            @ForAll("histories") List<Event> history, @ForAll int which, @ForAll boolean ignored) {
        int dropped = Math.floorMod(which, history.size());
        List<Event> rest = new ArrayList<>(history);
        TenantId tenant = rest.remove(dropped).tenantId();
        boolean same = folded(tenant, history).differences(folded(tenant, rest)).isEmpty();
        PartitionVerification.Result result =
                verified(profile(ignored), history.toArray(Event[]::new), rest.toArray(Event[]::new));
        assertThat(result.report().findings().isEmpty()).isEqualTo(same);
    }

    private static RuleProfile profile(boolean ignored) {
        return Profiles.MIGRATE.with(ignored ? RuleProfile.Evidence.IGNORE : RuleProfile.Evidence.REPORT);
    }

    private static TenantFacts folded(TenantId tenant, List<Event> events) {
        TenantFacts facts = new TenantFacts();
        events.stream().filter(event -> event.tenantId().equals(tenant)).forEach(facts::add);
        return facts;
    }

    /// @param decided the events that the topology has seen
    private static PartitionVerification.Result verified(RuleProfile profile, Event[] inputs, Event[] decided) {
        try (TopologyHarness topology = TopologyHarness.start(profile, FlowObserver.NONE)) {
            Stream.of(decided).forEach(topology::send);
            Subject subject =
                    new Subject(Map.of(), "keyward-test", TopologyHarness.NAMES, profile, topology.registry());
            Admission admission = new Admission(
                    new EventReader(ValueSerde.own(topology.registry(), SerializerSettings.DEFAULT)),
                    TopologyHarness.NAMES,
                    Bounds.DEFAULT);
            return new PartitionVerification(
                            new PartitionVerification.Scope(subject, Position.start(0), 1, true),
                            admission,
                            new FactRows(),
                            new ErasurePositions())
                    .verify(
                            new InMemoryPartition(topology, subject)
                                    .with(inputs)
                                    .rowsOf(topology),
                            List.of(),
                            Duration.ZERO);
        }
    }
}
