package io.keyward.proof.inputs;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.key;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Profiles;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The facts in the rows that a topology has written are those of its events.
class FactRowsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final EnvironmentId HR = new EnvironmentId("hr");
    private static final Event[] STORY = {
        clean(1, "contoso", "hr"),
        applied(2, "contoso", "hr", "k1"),
        revoked(4, "contoso", "k1"),
        limit(4, "contoso", 7),
        reported(5, "contoso", "hr", "k1"),
        clean(1, "contoso", "it"),
        reported(5, "contoso", "it", "k1"),
        clean(1, "fabrikam", "it")
    };

    private final FactRows rows = new FactRows();
    private final List<KeyValue<String, KeyValue<Bytes, byte[]>>> written = new ArrayList<>();

    FactRowsTest() {
        try (TopologyHarness topology =
                TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE).given(STORY)) {
            for (String store : FactRows.STORES) {
                try (KeyValueIterator<Bytes, byte[]> all = topology.store(store).all()) {
                    all.forEachRemaining(row -> written.add(KeyValue.pair(store, row)));
                }
            }
        }
        for (int offset = 0; offset < written.size(); offset++) {
            var row = written.get(offset);
            rows.take(row.key, row.value.key, row.value.value, offset);
        }
    }

    @Test
    void theRowsHoldTheFactsOfTheEvents() {
        TenantFacts expected = new TenantFacts();
        for (Event event : STORY) {
            if (event.tenantId().equals(CONTOSO)) {
                expected.add(event);
            }
        }
        assertThat(rows.tenants()).containsExactlyInAnyOrder(CONTOSO, new TenantId("fabrikam"));
        assertThat(rows.facts(CONTOSO).differences(expected)).isEmpty();
        assertThat(rows.facts(new TenantId("nobody")).count(Nodes.ENVIRONMENTS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"environments", "keys", "tenants", "enforcement"})
    void theNewestRowOfAPlaceIsNamed(String store) {
        FactScope scope = switch (store) {
            case Nodes.ENVIRONMENTS -> FactScope.of(HR);
            case Nodes.KEYS -> FactScope.of(key("k1"));
            case Nodes.TENANTS -> FactScope.TENANT;
            default -> FactScope.ofReports(HR);
        };
        int newest = -1;
        for (int offset = 0; offset < written.size(); offset++) {
            var row = written.get(offset);
            boolean about = switch (store) {
                case Nodes.ENVIRONMENTS -> row.value.key.equals(RowKeys.environment(CONTOSO, HR));
                case Nodes.KEYS -> row.value.key.equals(RowKeys.key(CONTOSO, key("k1")));
                case Nodes.TENANTS -> row.value.key.equals(RowKeys.tenantState(CONTOSO));
                default ->
                    row.key.equals(store)
                            && RowKeys.environmentOfReport(row.value.key).equals(HR);
            };
            newest = row.key.equals(store) && about ? offset : newest;
        }
        assertThat(rows.offsets(CONTOSO)).containsEntry(scope, (long) newest);
        assertThat(newest).isNotNegative();
        assertThat(rows.offsets(new TenantId("nobody"))).isEmpty();
    }

    @Test
    void rowsThatHoldNoFactsAreLeftOut() {
        FactRows others = new FactRows();
        others.take(Nodes.KEY_USAGE, RowKeys.usage(CONTOSO, key("k1"), HR), new byte[0], 1);
        others.take(Nodes.TENANTS, RowKeys.RULES_ROW, new byte[1], 1);
        others.take(Nodes.TENANTS, RowKeys.queue(CONTOSO, day(1), HR), new byte[0], 1);
        others.take(Nodes.TENANTS, Bytes.wrap(new byte[] {9, 9}), new byte[0], 1);
        assertThat(others.tenants()).isEmpty();
    }

    @Test
    void aRowThatWasDeletedHoldsNoFactsAndATenantWithoutRowsIsNotKnown() {
        assertThat(rows.tenants()).contains(CONTOSO);
        rows.facts(CONTOSO);
        rows.take(Nodes.KEYS, RowKeys.key(CONTOSO, key("k1")), null, 99);
        assertThat(rows.facts(CONTOSO).of(key("k1"))).isEqualTo(KeyFacts.NONE);
        written.forEach(row -> rows.take(row.key, row.value.key, null, 99));
        assertThat(rows.tenants()).isEmpty();
        assertThat(rows.facts(CONTOSO).count(Nodes.ENVIRONMENTS)).isZero();
    }

    /// The topology does not read them then.
    @Test
    void reportsOnAnEnvironmentWhoseRowTellsOfNoneDoNotCount() {
        rows.take(Nodes.ENVIRONMENTS, RowKeys.environment(CONTOSO, HR), null, 99);
        assertThat(rows.facts(CONTOSO).reportsOf(HR)).isEqualTo(Reports.NONE);
        assertThat(rows.facts(CONTOSO).reportsOf(new EnvironmentId("it"))).isNotEqualTo(Reports.NONE);
    }

    /// Facts, one of which the other side lacks, and the place where it does.
    @Test
    void eachPlaceThatDiffersIsTold() {
        TenantFacts none = new TenantFacts();
        assertThat(facts(clean(1, "contoso", "hr")).differences(none)).containsExactly(FactScope.of(HR));
        assertThat(none.differences(facts(clean(1, "contoso", "hr")))).containsExactly(FactScope.of(HR));
        assertThat(facts(reported(1, "contoso", "hr", "k1")).differences(none))
                .containsExactly(FactScope.of(HR), FactScope.ofReports(HR));
        assertThat(none.differences(facts(revoked(1, "contoso", "k1")))).containsExactly(FactScope.of(key("k1")));
        assertThat(facts(limit(1, "contoso", 7)).differences(none)).containsExactly(FactScope.TENANT);
        assertThat(facts(new Event.TimeReached(CONTOSO, day(1))).differences(none))
                .containsExactly(FactScope.TENANT);
        assertThat(none.differences(new TenantFacts())).isEmpty();
    }

    private static TenantFacts facts(Event event) {
        TenantFacts facts = new TenantFacts();
        assertThat(facts.holds(event)).isFalse();
        facts.add(event);
        assertThat(facts.holds(event)).isTrue();
        return facts;
    }

    @Test
    void aTenantsStateIsCopiedWithItsFacts() {
        TenantFacts facts = facts(limit(1, "contoso", 7));
        assertThat(facts.copy().state().limit()).isEqualTo(7);
    }
}
