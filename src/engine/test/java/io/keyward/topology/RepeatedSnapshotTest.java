package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.KeywardTopologyTest.decisions;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.Nodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Snapshots that say again what is known.
class RepeatedSnapshotTest {
    private final TopologyHarness topology = TopologyHarness.start(1);

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void onlyItsTimeIsStored() {
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        EnvironmentState before = state();

        assertThat(topology.when(clean(5, "contoso", "hr"))).isEmpty();
        EnvironmentState after = state();
        assertThat(after).isEqualTo(before.with(after.facts()));
        assertThat(after.facts().snapshot().orElseThrow().stamp().occurredAt()).isEqualTo(day(5));
    }

    @Test
    void anOlderSnapshotThatComesLaterLosesAgainstIt() {
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), clean(5, "contoso", "hr"));

        assertThat(topology.when(changed(4, "contoso", "hr", Lifecycle.ACTIVE, flowsFrom(1))))
                .isEmpty();
    }

    @Test
    void whileAFanOutWaitsItIsDecidedFromWhatTheFanOutWouldFind() {
        topology.given(clean(1, "contoso", "a"), applied(2, "contoso", "a", "k1"));
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        assertThat(decisions(topology.when(revoked(3, "contoso", "k1"))))
                .containsExactly("contoso/a r3 LOCKED WARNING");

        assertThat(decisions(topology.when(clean(4, "contoso", "hr")))).containsExactly("contoso/hr r3 LOCKED WARNING");
    }

    private EnvironmentState state() {
        return new EnvironmentStore(topology.store(Nodes.ENVIRONMENTS))
                .get(new TenantId("contoso"), new EnvironmentId("hr"));
    }
}
