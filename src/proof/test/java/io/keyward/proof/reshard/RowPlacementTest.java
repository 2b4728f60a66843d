package io.keyward.proof.reshard;

import static io.keyward.domain.Facts.day;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyward.avro.state.StateCodec;
import io.keyward.client.TenantPartitioner;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

class RowPlacementTest {
    private static final int PARTITIONS = 4;
    private static final int UNBOUNDED = 5_000;
    private static final List<String> TENANTS =
            IntStream.range(0, 12).mapToObj(number -> "tenant-" + number).toList();

    /// Each kind of row: environments, keys, users, states, queues, fan-outs, deadlines, reports, rules, sinks.
    private static final List<String> KINDS = List.of(
            "environments",
            "keys",
            "key-usage",
            "tenants 1",
            "tenants 2",
            "tenants 3",
            "tenants 4",
            "tenants 6",
            "tenants 7",
            "deadlines 1",
            "deadlines 3",
            "enforcement");

    @Test
    void everyRowOfATenantGoesToTheTenantsPartition() {
        try (TopologyHarness old = old(TENANTS, 2)) {
            Set<String> kinds = new HashSet<>();
            RowPlacement placement = new RowPlacement(PARTITIONS);
            forEachRow(old, (store, row) -> {
                kinds.add(kind(store, row.key));
                Optional<Integer> place = placement.place(store, 0, row.key, row.value);
                assertThat(place)
                        .isEqualTo(tenantIn(row.key).map(tenant -> TenantPartitioner.partitionOf(tenant, PARTITIONS)));
            });
            assertThat(kinds).containsExactlyInAnyOrderElementsOf(KINDS);
            assertThat(placement.agreed().keySet())
                    .extracting(row -> kind(row.store(), row.key()))
                    .containsExactlyInAnyOrder("tenants 4", "tenants 7", "deadlines 3");
            assertThat(placement.decidesAnew()).isFalse();
        }
    }

    /// Two tasks hold half of the tenants each; four tasks go on from their rows as if one had had them all.
    @Test
    void whatIsDecidedFromMovedRowsIsWhatWouldHaveBeenDecided() {
        try (TopologyHarness whole = old(TENANTS, UNBOUNDED);
                TopologyHarness first = old(TENANTS.subList(0, 6), UNBOUNDED);
                TopologyHarness second = old(TENANTS.subList(6, 12), UNBOUNDED)) {
            List<TopologyHarness> next = Stream.generate(TopologyHarness::startUnchecked)
                    .limit(PARTITIONS)
                    .toList();
            move(List.of(first, second), next);
            List<Publication> expected = goesOn(whole, TENANTS);
            List<Publication> found = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int owningPartition = partition;
                found.addAll(goesOn(
                        next.get(partition),
                        TENANTS.stream()
                                .filter(tenant -> TenantPartitioner.partitionOf(tenant, PARTITIONS) == owningPartition)
                                .toList()));
            }
            assertThat(sorted(found)).isEqualTo(sorted(expected)).hasSizeGreaterThan(4 * TENANTS.size());
            next.forEach(TopologyHarness::close);
        }
    }

    @Test
    void rowsAboutAPartitionOnWhichNotAllAgreeAreLeftOut() {
        RowPlacement placement = new RowPlacement(PARTITIONS);
        placement.place(Nodes.ENVIRONMENTS, 0, environment("a"), new byte[1]);
        placement.place(Nodes.ENVIRONMENTS, 1, environment("b"), new byte[1]);
        placement.place(Nodes.TENANTS, 0, RowKeys.RULES_ROW, new byte[] {1});
        placement.place(Nodes.TENANTS, 1, RowKeys.RULES_ROW, new byte[] {2});
        assertThat(placement.agreed()).isEmpty();
        assertThat(placement.decidesAnew()).isTrue();
    }

    @Test
    void rowsAboutAPartitionThatOneLacksAreLeftOut() {
        RowPlacement placement = new RowPlacement(PARTITIONS);
        placement.place(Nodes.ENVIRONMENTS, 0, environment("a"), new byte[1]);
        placement.place(Nodes.ENVIRONMENTS, 1, environment("b"), new byte[1]);
        placement.place(Nodes.TENANTS, 0, RowKeys.RULES_ROW, new byte[] {1});
        assertThat(placement.agreed()).isEmpty();
    }

    @Test
    void aPartitionWithoutEnvironmentsNeedNotAgree() {
        RowPlacement placement = new RowPlacement(PARTITIONS);
        placement.place(Nodes.ENVIRONMENTS, 0, environment("a"), new byte[1]);
        placement.place(Nodes.TENANTS, 0, RowKeys.RULES_ROW, new byte[] {1});
        assertThat(placement.agreed())
                .containsExactly(Map.entry(
                        new RowPlacement.WholeRow(Nodes.TENANTS, RowKeys.RULES_ROW), Bytes.wrap(new byte[] {1})));
    }

    @Test
    void whileAPartitionIsDecidedAgainAsAWholeNothingIsAgreed() {
        Bytes fanOutToEverything = Bytes.wrap(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        RowPlacement placement = new RowPlacement(PARTITIONS);
        placement.place(Nodes.ENVIRONMENTS, 0, environment("a"), new byte[1]);
        placement.place(Nodes.TENANTS, 0, RowKeys.RULES_ROW, new byte[] {1});
        assertThat(placement.place(Nodes.TENANTS, 0, fanOutToEverything, new byte[] {1}))
                .isEmpty();
        assertThat(placement.agreed()).isEmpty();
        assertThat(placement.decidesAnew()).isTrue();
    }

    /// The task that decides an environment of the tenant next must know them.
    @Test
    void erasuresAndSinksGoToEveryPartitionWhateverOthersSay() {
        StateCodec<SinkPeriods> codec = StateCodec.SINKS;
        SinkPeriods first = SinkPeriods.always(List.of("A", "B")).followedBy(List.of("B", "C"), day(5));
        SinkPeriods second = SinkPeriods.always(List.of("A", "B")).followedBy(List.of("B", "C"), day(6));
        byte[] erased = StateCodec.ERASURES.write(day(4));
        RowPlacement placement = new RowPlacement(PARTITIONS);
        placement.place(Nodes.ENVIRONMENTS, 0, environment("a"), new byte[1]);
        placement.place(Nodes.ENVIRONMENTS, 1, environment("b"), new byte[1]);
        placement.place(Nodes.TENANTS, 0, RowKeys.SINKS_ROW, codec.write(first));
        placement.place(Nodes.TENANTS, 1, RowKeys.SINKS_ROW, codec.write(second));
        placement.place(Nodes.TENANTS, 1, RowKeys.erasure(new TenantId("a")), erased);

        assertThat(placement.agreed().entrySet())
                .extracting(agreed -> agreed.getKey().key(), Map.Entry::getValue)
                .containsExactlyInAnyOrder(
                        tuple(RowKeys.erasure(new TenantId("a")), Bytes.wrap(erased)),
                        tuple(RowKeys.SINKS_ROW, Bytes.wrap(codec.write(first.joinedWith(second)))));
        assertThat(first.joinedWith(second).bySink())
                .containsEntry("A", List.of(TimeRange.upTo(day(6))))
                .containsEntry("C", List.of(new TimeRange(day(5), Instant.MAX)));
        assertThat(placement.decidesAnew()).isTrue();
    }

    private static Bytes environment(String tenant) {
        return RowKeys.environment(new TenantId(tenant), new EnvironmentId("hr"));
    }

    private static void move(List<TopologyHarness> old, List<TopologyHarness> next) {
        RowPlacement placement = new RowPlacement(next.size());
        for (int from = 0; from < old.size(); from++) {
            int partition = from;
            forEachRow(
                    old.get(from),
                    (store, row) -> placement
                            .place(store, partition, row.key, row.value)
                            .ifPresent(place -> next.get(place).store(store).put(row.key, row.value)));
        }
        placement
                .agreed()
                .forEach((row, value) ->
                        next.forEach(task -> task.store(row.store()).put(row.key(), value.get())));
    }

    /// For each tenant a waiting environment, a deadline, reports, and a fan-out that waits if the bound is low.
    private static TopologyHarness old(List<String> tenants, int fanOutBound) {
        TopologyHarness harness = TopologyHarness.start(fanOutBound);
        harness.afterAWhile();
        for (String tenant : tenants) {
            harness.given(limit(1, tenant, 3), rotated(1, tenant, "k1", "v1"));
            for (int number = 0; number < 5; number++) {
                harness.given(clean(1, tenant, "e" + number), applied(2 + number, tenant, "e" + number, "k1"));
            }
            harness.given(reported(8, tenant, "e1", "k1"), removed(9, tenant, "e0", "k1"));
        }
        tenants.forEach(tenant -> harness.given(revoked(10, tenant, "k1")));
        return harness;
    }

    private static List<Publication> goesOn(TopologyHarness harness, List<String> tenants) {
        List<Publication> published = new ArrayList<>();
        for (int round = 0; round < 4 * TENANTS.size(); round++) {
            published.addAll(harness.afterAWhile());
        }
        for (String tenant : tenants) {
            for (Event event : List.of(restored(11, tenant, "k1"), limit(12, tenant, 5), clean(13, tenant, "e9"))) {
                published.addAll(harness.when(event));
            }
        }
        for (int round = 0; round < 4 * TENANTS.size(); round++) {
            published.addAll(harness.afterAWhile());
        }
        return published;
    }

    /// Without what depends on the number of partitions: where a cause was read.
    private static List<String> sorted(List<Publication> publications) {
        return publications.stream()
                .map(publication -> publication
                        .toString()
                        .replaceAll("offset=\\d+", "")
                        .replaceAll("(id=[A-Z_]+:\\d+:[^,]*-\\d+)-\\d+", "$1"))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private interface RowConsumer {
        void accept(String store, KeyValue<Bytes, byte[]> row);
    }

    private static void forEachRow(TopologyHarness harness, RowConsumer consumer) {
        for (String store : KeywardTopology.stores()) {
            try (KeyValueIterator<Bytes, byte[]> rows = harness.store(store).all()) {
                rows.forEachRemaining(row -> consumer.accept(store, row));
            }
        }
    }

    private static String kind(String store, Bytes key) {
        return store.equals(Nodes.TENANTS) || store.equals(Nodes.DEADLINES) ? store + " " + key.get()[0] : store;
    }

    /// The tenant whose name the bytes of the row contain.
    private static Optional<String> tenantIn(Bytes key) {
        String text = new String(key.get(), StandardCharsets.ISO_8859_1);
        return TENANTS.stream().filter(tenant -> text.contains(tenant + "\0")).findFirst();
    }
}
