package io.keyward.proof;

import static io.keyward.domain.Facts.CONTOSO;
import static io.keyward.domain.Facts.E1;
import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.key;
import static io.keyward.domain.Facts.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Profiles;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.Slot;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a tenant's rows say besides those of its environments.
class StoredTenantTest {
    private static final EnvironmentFacts USES_K1 = EnvironmentFacts.NONE.with(applied(day(2), "p1", "k1"));
    private static final EnvironmentState USING = new EnvironmentState(
            USES_K1, Slot.none(), EnvironmentState.NONE.published(), SeriesMemory.NONE, Optional.empty());
    private static final EnvironmentState WAITING = new EnvironmentState(
            EnvironmentFacts.NONE,
            new Slot.Waiting(Optional.of(day(2))),
            EnvironmentState.NONE.published(),
            SeriesMemory.NONE,
            Optional.empty());
    private static final EnvironmentState TIMED = new EnvironmentState(
            EnvironmentFacts.NONE,
            Slot.none(),
            EnvironmentState.NONE.published(),
            SeriesMemory.NONE,
            Optional.of(Timer.at(day(7))));
    private static final FanOut ERASURE = new FanOut.OfErasure(CONTOSO, Optional.empty(), FanOut.Erased.NOTHING);

    private final TenantRecords records = new TenantRecords(CONTOSO, 0);

    /// A fan-out, an environment, and whether the fan-out may have to decide it.
    static Stream<Arguments> fanOuts() {
        FanOut queue = new FanOut.OfQueue(CONTOSO);
        return Stream.of(
                Arguments.of(new FanOut.OfKey(CONTOSO, key("k1"), Optional.empty()), USING, true),
                Arguments.of(new FanOut.OfKey(CONTOSO, key("k2"), Optional.empty()), USING, false),
                Arguments.of(new FanOut.OfDeadlines(CONTOSO, day(6), Optional.empty()), TIMED, false),
                Arguments.of(new FanOut.OfDeadlines(CONTOSO, day(7), Optional.empty()), TIMED, true),
                Arguments.of(new FanOut.OfDeadlines(CONTOSO, day(8), Optional.empty()), TIMED, true),
                Arguments.of(new FanOut.OfDeadlines(CONTOSO, day(8), Optional.empty()), USING, false),
                Arguments.of(queue, WAITING, true),
                Arguments.of(queue, USING, false),
                Arguments.of(ERASURE, USING, true),
                Arguments.of(new FanOut.OfEverything(Optional.empty()), USING, true));
    }

    @ParameterizedTest
    @MethodSource("fanOuts")
    void anEnvironmentAwaitsTheFanOutsThatConcernIt(FanOut fanOut, EnvironmentState environment, boolean awaits) {
        StoredTenant facts = facts(fanOut);
        assertThat(facts.awaitsFanOut(environment)).isEqualTo(awaits);
        assertThat(facts.awaitsFanOut()).isTrue();
        assertThat(facts.awaitsErasure()).isEqualTo(fanOut.equals(ERASURE));
    }

    @Test
    void withoutSweepsNothingIsAwaited() {
        assertThat(facts().awaitsFanOut(USING)).isFalse();
        assertThat(facts().awaitsFanOut()).isFalse();
        assertThat(facts().awaitsErasure()).isFalse();
    }

    /// A discrepancy is confirmed only if nothing that it rests on has changed.
    @Test
    void whatADecisionRestsOnTellsEveryChangeOfIt() {
        NewestRecord row = new NewestRecord(1, new byte[0]);
        List<Long> before = evidence(row);
        assertThat(evidence(row)).isEqualTo(before);
        assertThat(evidence(new NewestRecord(2, new byte[0]))).isNotEqualTo(before);

        records.changing(Nodes.KEYS).put(RowKeys.key(CONTOSO, key("k2")), keyRow(3));
        assertThat(evidence(row)).as("a key that it does not use").isEqualTo(before);
        records.changing(Nodes.KEYS).put(RowKeys.key(CONTOSO, key("k1")), keyRow(3));
        List<Long> withKey = evidence(row);
        assertThat(withKey).isNotEqualTo(before);
        records.changing(Nodes.KEYS).put(RowKeys.key(CONTOSO, key("k1")), keyRow(4));
        assertThat(evidence(row)).isNotEqualTo(withKey).isNotEqualTo(before);

        List<Long> withoutTime = evidence(row);
        records.changing(Nodes.TENANTS)
                .put(
                        RowKeys.tenantState(CONTOSO),
                        new NewestRecord(9, StateCodec.TENANTS.write(TenantState.NONE.with(reached(day(3))))));
        assertThat(evidence(row)).isNotEqualTo(withoutTime);
    }

    private static NewestRecord keyRow(long offset) {
        return new NewestRecord(offset, StateCodec.KEYS.write(KeyFacts.NONE));
    }

    private List<Long> evidence(NewestRecord row) {
        return facts().evidence(E1, row, USING);
    }

    private StoredTenant facts(FanOut... fanOuts) {
        Subject subject =
                new Subject(Map.of(), "keyward", TopologyHarness.NAMES, Profiles.SEED, new InMemorySchemaRegistry());
        return StoredTenant.decode(
                records,
                new PartitionRows(Optional.empty(), List.of(fanOuts), Optional.empty(), Map.of()),
                new Discrepancies(subject, records));
    }
}
