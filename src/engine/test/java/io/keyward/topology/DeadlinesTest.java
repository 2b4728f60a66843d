package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.KeywardTopologyTest.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.Folded;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.Nodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A deadline that expires by the clock alone is decided like any other event (R25).
class DeadlinesTest {
    /// Backups are kept for 30 days.
    private static final int DUE = 33;

    private TopologyHarness topology = TopologyHarness.start();

    @AfterEach
    @AfterTry
    void stop() {
        topology.close();
    }

    @Test
    void aRetentionEndsByTheClockAlone() {
        leaveKeyOnDayThree("contoso", "hr");
        assertThat(topology.whenTheClockSays(day(DUE).minusMillis(1))).isEmpty();

        List<Publication> published = topology.whenTheClockSays(day(DUE).plusMillis(100));

        assertThat(summaries(published))
                .containsExactly("contoso/hr r4 MICROSOFT_MANAGED NONE", "contoso/hr/RETAIN_KEY cleared");
        Publication.OfDecision decision = (Publication.OfDecision) published.getFirst();
        assertThat(decision.decision().retainUntil()).isEmpty();
        assertThat(decision.cause().eventType()).isEqualTo("TimeReached");
        assertThat(decision.cause().eventId()).isEqualTo("time/" + day(DUE));
        assertThat(decision.cause().occurredAt()).isEqualTo(day(DUE));
        assertThat(decision.cause().topic()).isEqualTo("cmk.time-reached");
        assertThat(topology.rowsIn(Nodes.DEADLINES)).isEqualTo(1);
    }

    @Test
    void theEventIsARecordOfItsTenantAndOfTheMomentWhenItWasWritten() {
        leaveKeyOnDayThree("contoso", "hr");
        topology.whenTheClockSays(day(DUE + 1));

        TestRecord<String, byte[]> record =
                topology.rawOutput(Topic.TIME_REACHED).getFirst();
        assertThat(record.key()).isEqualTo("contoso");
        assertThat(record.getRecordTime()).isEqualTo(day(DUE + 1));
    }

    @Test
    void afterAnOutageEverythingDueComesInOrderOfItsTime() {
        for (int i = 0; i < 5; i++) {
            String tenant = "tenant-" + (5 - i);
            topology.given(clean(1, tenant, "hr"), applied(2, tenant, "hr", "k1"), removed(3 + i, tenant, "hr", "k1"));
        }
        List<Publication> published = topology.whenTheClockSays(day(60));

        assertThat(published.stream()
                        .filter(Publication.OfDecision.class::isInstance)
                        .map(publication ->
                                ((Publication.OfDecision) publication).cause().occurredAt()))
                .containsExactly(day(DUE), day(DUE + 1), day(DUE + 2), day(DUE + 3), day(DUE + 4));
    }

    @Test
    void oneEventCoversAllThatIsDueInItsTenantByThenAndNothingOfOthers() {
        leaveKeyOnDayThree("contoso", "a");
        leaveKeyOnDayThree("contoso", "b");
        leaveKeyOnDayThree("fabrikam", "a");

        List<Publication> published = topology.when(new Event.TimeReached(new TenantId("contoso"), day(DUE + 1)));

        assertThat(summaries(published))
                .containsExactlyInAnyOrder(
                        "contoso/a r4 MICROSOFT_MANAGED NONE",
                        "contoso/a/RETAIN_KEY cleared",
                        "contoso/b r4 MICROSOFT_MANAGED NONE",
                        "contoso/b/RETAIN_KEY cleared");
        assertThat(topology.when(new Event.TimeReached(new TenantId("contoso"), day(DUE + 1))))
                .isEmpty();
    }

    @Test
    void manyThatAreDueAreDecidedInBatchesAndTenantsTakeTurns() {
        topology.close();
        topology = TopologyHarness.start(2);
        for (String environment : List.of("a", "b", "c", "d", "e")) {
            leaveKeyOnDayThree("contoso", environment);
        }
        leaveKeyOnDayThree("fabrikam", "a");

        List<String> decided = new ArrayList<>(decidedBy(topology.whenTheClockSays(day(DUE))));
        assertThat(decided).hasSizeLessThan(6).contains("fabrikam/a");
        while (topology.fanOutsWait()) {
            decided.addAll(decidedBy(topology.afterAWhile()));
        }
        assertThat(decided)
                .containsExactlyInAnyOrder(
                        "contoso/a", "contoso/b", "contoso/c", "contoso/d", "contoso/e", "fabrikam/a");
    }

    @Test
    void aDeadlineThatMovesEarlierNeedsNoUndoing() {
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), removed(5, "contoso", "hr", "k1"));
        assertThat(firesAt()).contains(day(DUE + 2));
        topology.given(removed(3, "contoso", "hr", "k1")); // it had left the key two days earlier
        assertThat(firesAt()).contains(day(DUE));
        topology.whenTheClockSays(day(DUE + 2));

        assertThat(topology.rawOutput(Topic.TIME_REACHED)).hasSize(1);
        assertThat(topology.rowsIn(Nodes.DEADLINES)).isEqualTo(1);
    }

    /// The key expires on day 33, and then, as another event says, on day 42.
    @Test
    void aDeadlineThatMovesLaterLeavesItsTimerWhichFiresOnceMoreWhenItIsDue() {
        topology.given(
                clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), expiring(3, "contoso", "k1", "v1"));
        List<String> rows = topology.rowsOf(Nodes.DEADLINES);
        assertThat(firesAt()).contains(day(DUE));
        topology.given(expiring(12, "contoso", "k1", "v1"));
        assertThat(state().dueAt()).contains(day(DUE + 9));
        assertThat(topology.rowsOf(Nodes.DEADLINES)).isEqualTo(rows);

        assertThat(topology.whenTheClockSays(day(DUE))).isEmpty();
        assertThat(topology.rawOutput(Topic.TIME_REACHED)).hasSize(1);
        assertThat(firesAt()).contains(day(DUE + 9));
        assertThat(topology.rowsOf(Nodes.DEADLINES)).hasSameSizeAs(rows).isNotEqualTo(rows);

        assertThat(topology.whenTheClockSays(day(DUE + 9).minusMillis(1))).isEmpty();
        assertThat(summaries(topology.whenTheClockSays(day(DUE + 9)))).contains("contoso/hr/KEY_EXPIRED raised");
        assertThat(topology.rawOutput(Topic.TIME_REACHED)).hasSize(1);
        assertThat(topology.rowsIn(Nodes.DEADLINES)).isEqualTo(1);
    }

    /// In the time between, a timer that has fired must not stay: it would never fire again.
    @Test
    void anEventThatComesBeforeTheFanOutOfAFiredTimerSetsItAgain() {
        topology.close();
        topology = TopologyHarness.start(1);
        leaveKeyOnDayThree("contoso", "a");
        leaveKeyOnDayThree("contoso", "hr");
        topology.given(applied(10, "contoso", "hr", "k1"), removed(12, "contoso", "hr", "k1"));

        topology.given(new Event.TimeReached(new TenantId("contoso"), day(DUE))); // decides only the first environment
        assertThat(firesAt()).contains(day(DUE));
        topology.given(removed(13, "contoso", "hr", "k1"));
        assertThat(firesAt()).isEqualTo(state().dueAt()).contains(day(DUE + 9));
    }

    private Optional<Instant> firesAt() {
        return state().firesAt();
    }

    private EnvironmentState state() {
        return new EnvironmentStore(topology.store(Nodes.ENVIRONMENTS))
                .get(new TenantId("contoso"), new EnvironmentId("hr"));
    }

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    /// The clock goes on between events: what consumers believe is what the model publishes of the same events
    /// and of the time events that the topology wrote.
    @Property(tries = 300)
    void readersBelieveWhatTheModelSaysOfTheTimesReached(@ForAll("any") List<Event> events) {
        topology = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE);
        ReferenceModel model = new ReferenceModel(Profiles.REPORT);
        Folded reader = new Folded();
        int step = 0;
        for (Event event : events) {
            model.accept(event);
            reader.read(topology.when(event));
            step++;
            if (step % 5 == 0 || step == events.size()) {
                reader.read(topology.whenTheClockSays(Facts.day(step)));
                topology.timesReached().forEach(model::accept);
                model.tenants().forEach(reader::believes);
            }
        }
        Instant end = Facts.day(500); // each step fires the first deadline of each environment that has one left
        for (int left = 0; left < 20; left++) {
            reader.read(topology.whenTheClockSays(end.plusSeconds(left)));
            topology.timesReached().forEach(model::accept);
            model.tenants().forEach(reader::believes);
        }
        assertThat(topology.rowsIn(Nodes.DEADLINES)).as("rows").isEqualTo(1);
    }

    private void leaveKeyOnDayThree(String tenant, String environment) {
        topology.given(
                clean(1, tenant, environment),
                applied(2, tenant, environment, "k1"),
                removed(3, tenant, environment, "k1"));
    }

    private static List<String> decidedBy(List<Publication> published) {
        return published.stream()
                .filter(Publication.OfDecision.class::isInstance)
                .map(Publication::key)
                .toList();
    }
}
