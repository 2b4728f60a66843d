package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.KeywardTopologyTest.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.PendingFanOutStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A release with other rules, on the rows that the release before has left.
class ChangedRulesTest {
    private static final RuleProfile PROFILE =
            RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final EnvironmentId HELD_BACK = new EnvironmentId("default");

    private final RestartableTask task = new RestartableTask(FlowObserver.NONE);

    /// R8: rules up to number 6 called an environment of type DEFAULT not eligible. What it held back was never
    /// suppressed.
    @Test
    void theDefaultEnvironmentIsSuppressedFromItsSeriesStart() {
        task.start(PROFILE);
        task.process(ofType(EnvironmentType.TRIAL));
        task.process(applied(2, "contoso", "default", "k1"));
        task.process(clean(1, "contoso", "other"));
        leaveAsFormerRulesDid();

        task.start(PROFILE);
        task.process(clean(1, "contoso", "other"));

        List<Publication> published = task.published();
        assertThat(summaries(published))
                .contains(
                        "contoso/default r3 CUSTOMER_MANAGED SUCCEEDED",
                        "contoso/default/ENVIRONMENT_NOT_ELIGIBLE cleared");
        assertThat(published)
                .filteredOn(Publication.OfSignal.class::isInstance)
                .hasSize(PROFILE.sinks().size())
                .allSatisfy(publication -> assertThat(((Publication.OfSignal) publication).signal())
                        .isEqualTo(new Signal(Signal.Action.SUPPRESS, day(2), List.of())));
    }

    /// They stored of type DEFAULT what they stored of type TRIAL.
    private void leaveAsFormerRulesDid() {
        EnvironmentStore rows = new EnvironmentStore(task.store(Nodes.ENVIRONMENTS));
        EnvironmentState heldBack = rows.get(CONTOSO, HELD_BACK);
        rows.put(CONTOSO, HELD_BACK, heldBack.with(heldBack.facts().with(ofType(EnvironmentType.DEFAULT))));
        new PendingFanOutStore(task.store(Nodes.TENANTS)).putRules("6 " + PROFILE);
    }

    private static Event.EnvironmentChanged ofType(EnvironmentType type) {
        Event.EnvironmentChanged clean = clean(1, "contoso", "default");
        return new Event.EnvironmentChanged(
                clean.tenantId(),
                new Stamp(clean.occurredAt(), new EventId(type == EnvironmentType.TRIAL ? "a" : "b")),
                clean.environmentId(),
                clean.snapshot().with(clean.snapshot().lifecycle(), type, true),
                true);
    }
}
