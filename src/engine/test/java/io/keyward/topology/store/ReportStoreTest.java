package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.topology.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportStoreTest {
    private final KeyValueStore<Bytes, byte[]> rows = TestStores.named("enforcement");
    private final ReportStore store = new ReportStore(rows);
    private EnvironmentFacts facts = EnvironmentFacts.NONE;

    @Test
    void theFirstReportOfAComponentWritesItsNamesItsKnownPartsAndItsPart() {
        assertThat(written(report(1, Component.DATAVERSE, "a", "a", "b")))
                .containsExactly("DATAVERSE names", "DATAVERSE known", "DATAVERSE part a");
        assertThat(written(report(2, Component.CLOUD_FLOWS, "", ""))).hasSize(3).allMatch(row -> row.startsWith("CL"));
        assertThat(all().of(Component.DATAVERSE).parts()).hasSize(1);
        assertThat(all().of(Component.CLOUD_FLOWS).parts()).hasSize(1);
    }

    @Test
    void aLaterReportOfAPartWritesNoRowOfAnotherPart() {
        for (int part = 0; part < 64; part++) {
            written(report(part, Component.DATAVERSE, "p" + part));
        }
        assertThat(written(report(100, Component.DATAVERSE, "p7")))
                .containsExactly("DATAVERSE known", "DATAVERSE part p7");
    }

    @Test
    void aReportThatIsEarlierThanTheLatestOfAnotherPartWritesOnlyItsPart() {
        written(report(1, Component.DATAVERSE, "a"));
        written(report(9, Component.DATAVERSE, "b"));
        assertThat(written(report(2, Component.DATAVERSE, "a"))).containsExactly("DATAVERSE part a");
    }

    @Test
    void aRepeatedReportWritesNothing() {
        Event.EnforcementReported report = report(1, Component.DATAVERSE, "a");
        written(report);
        assertThat(written(report)).isEmpty();
    }

    @Test
    void nothingIsStoredBeforeItIsPut() {
        Event.EnforcementReported report = report(1, Component.DATAVERSE, "a");
        EnvironmentFacts after = facts.with(report);
        List<KeyValue<Bytes, byte[]>> changes = store.changes(
                report.tenantId(), report.environmentId(), Reports.NONE, Reports.NONE.with(report, after));
        assertThat(changes).hasSize(3);
        assertThat(rows.approximateNumEntries()).isZero();
    }

    /// R28: the names stay, so that the same 64 are remembered whatever the order.
    @Test
    void aResetDeletesTheRowsOfReportsNoLaterThanItAndKeepsTheNames() {
        written(report(10, Component.DATAVERSE, "a"));
        written(report(11, Component.DATAVERSE, "b"));
        written(report(10, Component.CLOUD_FLOWS, ""));
        assertThat(written(changed(10, Lifecycle.RESET)))
                .containsExactlyInAnyOrder(
                        "DATAVERSE part a deleted", "CLOUD_FLOWS known deleted", "CLOUD_FLOWS part  deleted");
        assertThat(rows.approximateNumEntries()).isEqualTo(4);
        assertThat(all().of(Component.DATAVERSE).names()).hasSize(2);
        assertThat(written(changed(12, Lifecycle.PURGED)))
                .containsExactly("DATAVERSE known deleted", "DATAVERSE part b deleted");
        assertThat(written(report(12, Component.DATAVERSE, "b"))).isEmpty();
    }

    @Test
    void theRowOfAPartThatWasEvictedIsDeletedAlthoughItWasNotRead() {
        for (int part = 0; part < 64; part++) {
            written(report(part, Component.DATAVERSE, "p%02d".formatted(part)));
        }
        assertThat(written(report(100, Component.DATAVERSE, "a")))
                .containsExactly(
                        "DATAVERSE names", "DATAVERSE known", "DATAVERSE part p63 deleted", "DATAVERSE part a");
        assertThat(written(report(101, Component.DATAVERSE, "z"))).containsExactly("DATAVERSE known");
        assertThat(all().of(Component.DATAVERSE).parts()).hasSize(64);
    }

    @Test
    void anEventThatConcernsNoReportReadsNone() {
        written(report(1, Component.DATAVERSE, "a"));
        ReportStore unreadable = new ReportStore(TestStores.unreadable());
        for (Event.OfEnvironment event : List.of(
                changed(2, Lifecycle.ACTIVE),
                Events.applied(2, "contoso", "e1", "k1"),
                Events.removed(2, "contoso", "e1", "k1"),
                report(2, Component.CLOUD_FLOWS, "a"))) {
            assertThat(unreadable.concernedBy(event, facts, facts.with(event))).isEqualTo(Reports.NONE);
            assertThat(unreadable.get(event.tenantId(), event.environmentId(), EnvironmentFacts.NONE))
                    .isEqualTo(Reports.NONE);
        }
    }

    @Test
    void environmentsWhoseNamesBeginAlikeAreDistinct() {
        written(report(1, Component.DATAVERSE, "a"));
        Event.EnforcementReported other = Events.reported(1, "contoso", "e11", "k1");
        assertThat(store.get(other.tenantId(), other.environmentId(), facts)).isEqualTo(Reports.NONE);
    }

    /// R28: what is read of the rows that an event concerns leads to the same rows as all of them, and
    /// these hold what the facts are: in any order, with more parts than are remembered, and with purges
    /// and resets in between.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theRowsAreWhatTheFactsSay(long seed) {
        Random random = new Random(seed);
        Reports expected = Reports.NONE;
        for (int step = 0; step < 1_500; step++) {
            Event.OfEnvironment event = any(random);
            EnvironmentFacts after = facts.with(event);
            expected = expected.with(event, after);
            boolean everything = random.nextBoolean();
            Reports held = everything
                    ? store.get(event.tenantId(), event.environmentId(), facts)
                    : store.concernedBy(event, facts, after);
            store.put(store.changes(event.tenantId(), event.environmentId(), held, held.with(event, after)));
            facts = after;
            if (step % 50 == 0) {
                assertThat(all()).as("seed %d step %d", seed, step).isEqualTo(expected);
            }
        }
        assertThat(all()).isEqualTo(expected);
    }

    private static Event.OfEnvironment any(Random random) {
        int day = random.nextInt(1_000);
        if (random.nextInt(60) == 0) {
            return changed(day, random.nextBoolean() ? Lifecycle.PURGED : Lifecycle.RESET);
        }
        Component component = random.nextBoolean() ? Component.DATAVERSE : Component.CLOUD_FLOWS;
        return Events.reported(
                day,
                "contoso",
                "e1",
                component,
                "p" + random.nextInt(90),
                "k" + random.nextInt(2),
                "p" + random.nextInt(90));
    }

    /// Adds an event as the processor does under the evidence IGNORE; returns which rows it wrote.
    private List<String> written(Event.OfEnvironment event) {
        EnvironmentFacts after = facts.with(event);
        Reports held = concernedBy(event);
        List<KeyValue<Bytes, byte[]>> changes =
                store.changes(event.tenantId(), event.environmentId(), held, held.with(event, after));
        store.put(changes);
        facts = after;
        List<String> names = new ArrayList<>();
        changes.forEach(change -> names.add(name(change)));
        return names;
    }

    private Reports concernedBy(Event.OfEnvironment event) {
        return store.concernedBy(event, facts, facts.with(event));
    }

    private static String name(KeyValue<Bytes, byte[]> row) {
        String name = switch (RowKeys.report(row.key)) {
            case ReportRow.OfNames of -> of.component() + " names";
            case ReportRow.OfKnownParts of -> of.component() + " known";
            case ReportRow.OfPart of -> of.component() + " part " + of.part();
        };
        return row.value == null ? name + " deleted" : name;
    }

    private Reports all() {
        Event.OfEnvironment any = changed(1, Lifecycle.ACTIVE);
        return store.get(any.tenantId(), any.environmentId(), facts);
    }

    private static Event.EnforcementReported report(int day, Component component, String part, String... parts) {
        return Events.reported(day, "contoso", "e1", component, part, "k1", parts);
    }

    private static Event.EnvironmentChanged changed(int day, Lifecycle lifecycle) {
        return Events.changed(day, "contoso", "e1", lifecycle, FlowInventory.EMPTY);
    }
}
