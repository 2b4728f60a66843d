package io.keyward.proof.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.TopicNames;
import io.keyward.config.Generation;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowDigest;
import io.keyward.topology.store.RowKeys;
import io.keyward.topology.store.StateDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/// Where each row of the old changelogs goes.
class RowCopyTest {
    private static final int OLD = 2;
    private static final int NEW = 4;
    private static final TenantId STAYS = tenant(true);
    private static final TenantId MOVES = tenant(false);
    private static final byte[] VALUE = {1, 2};

    private final Move move = new Move(Map.of(), "keyward", new TopicNames("cmk."), NEW, Duration.ZERO);
    private final Generation next = new Generation(2, NEW, Generation.State.MOVING, OLD, Instant.EPOCH);
    private final List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
    private final List<String> stores = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> stateDigests = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();

    @Test
    void aTenantsRowIsCopiedAsItIsToTheTenantsPartition() {
        row(Nodes.ENVIRONMENTS, MOVES, environment(MOVES), VALUE);
        MovePlan plan = run();

        assertThat(written).singleElement().satisfies(copy -> {
            assertThat(copy.topic()).isEqualTo("keyward-g2-environments-changelog");
            assertThat(copy.partition()).isEqualTo(TenantPartitioner.partitionOf(MOVES.value(), NEW));
            assertThat(copy.key()).isEqualTo(environment(MOVES).get());
            assertThat(copy.value()).isEqualTo(VALUE);
            assertThat(copy.timestamp()).isEqualTo(77);
            assertThat(copy.headers()).isEqualTo(new RecordHeaders().add("name", VALUE));
        });
        assertThat(plan.rows()).isEqualTo(Map.of(Nodes.ENVIRONMENTS, 1L));
        assertThat(plan.generation()).isEqualTo(next);
    }

    /// An earlier attempt may have copied the row that the tombstone deletes.
    @Test
    void aTombstoneIsCopiedAndIsNoRow() {
        row(Nodes.ENVIRONMENTS, MOVES, environment(MOVES), null);
        MovePlan plan = run();

        assertThat(written).singleElement().satisfies(copy -> {
            assertThat(copy.partition()).isEqualTo(TenantPartitioner.partitionOf(MOVES.value(), NEW));
            assertThat(copy.value()).isNull();
        });
        assertThat(plan.rows()).isEmpty();
        assertThat(plan.tenants()).isZero();
        assertThat(progress).containsExactly(1L);
    }

    @Test
    void rowsAndTenantsAreCounted() {
        row(Nodes.ENVIRONMENTS, MOVES, environment(MOVES), VALUE);
        row(Nodes.TENANTS, MOVES, RowKeys.tenantState(MOVES), VALUE);
        row(Nodes.TENANTS, STAYS, RowKeys.tenantState(STAYS), VALUE);
        MovePlan plan = run();

        assertThat(plan.rows()).isEqualTo(Map.of(Nodes.ENVIRONMENTS, 1L, Nodes.TENANTS, 2L));
        assertThat(plan.tenants()).isEqualTo(2);
        assertThat(plan.movedTenants()).isEqualTo(1);
        assertThat(progress).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aRowOnWhichAllPartitionsAgreeGoesToEveryNewOne() {
        row(Nodes.ENVIRONMENTS, MOVES, environment(MOVES), VALUE);
        whole(Nodes.TENANTS, 0, RowKeys.RULES_ROW, VALUE);
        whole(Nodes.TENANTS, 1, RowKeys.RULES_ROW, VALUE);
        whole(Nodes.DEADLINES, 0, RowKeys.FILLED_ROW, VALUE);
        whole(Nodes.DEADLINES, 1, RowKeys.FILLED_ROW, VALUE);
        MovePlan plan = run();

        assertThat(toEveryPartition(Nodes.TENANTS))
                .allSatisfy(copy -> assertThat(copy.value()).isEqualTo(VALUE));
        assertThat(toEveryPartition(Nodes.DEADLINES)).hasSize(NEW);
        assertThat(plan.decidesAnew()).isFalse();
        assertThat(plan.rows()).isEqualTo(Map.of(Nodes.ENVIRONMENTS, 1L));
    }

    /// An earlier attempt may have copied it.
    @Test
    void aRowOnWhichTheyDoNotAgreeIsDeletedInEveryNewOne() {
        row(Nodes.ENVIRONMENTS, MOVES, environment(MOVES), VALUE);
        row(Nodes.ENVIRONMENTS, STAYS, environment(STAYS), VALUE);
        whole(Nodes.TENANTS, 0, RowKeys.RULES_ROW, VALUE);
        whole(Nodes.TENANTS, 1, RowKeys.RULES_ROW, new byte[] {3});
        MovePlan plan = run();

        assertThat(toEveryPartition(Nodes.TENANTS))
                .allSatisfy(copy -> assertThat(copy.value()).isNull());
        assertThat(plan.decidesAnew()).isTrue();
    }

    /// The state digest of an old partition is not copied. A new one holds what its stores will have been restored to.
    @Test
    void everyNewPartitionIsSealed() {
        row(Nodes.ENVIRONMENTS, MOVES, environment(MOVES), VALUE);
        row(Nodes.ENVIRONMENTS, STAYS, environment(STAYS), null);
        whole(Nodes.TENANTS, 0, Bytes.wrap(StateDigest.row()), VALUE);
        run();

        RowDigest environments = RowDigest.NONE.with(environment(MOVES).get(), VALUE);
        assertThat(stateDigests).hasSize(NEW).allSatisfy(stateDigest -> {
            boolean owningPartition = stateDigest.partition() == TenantPartitioner.partitionOf(MOVES.value(), NEW);
            assertThat(stateDigest.topic()).isEqualTo("keyward-g2-tenants-changelog");
            assertThat(stateDigest.value())
                    .isEqualTo(StateDigest.encode(KeywardTopology.stores().stream()
                            .map(store ->
                                    owningPartition && store.equals(Nodes.ENVIRONMENTS) ? environments : RowDigest.NONE)
                            .toList()));
        });
    }

    @Test
    void whatIsMovedIsNamedByItsGeneration() {
        assertThat(move.changelogs(1)).contains("keyward-keys-changelog").hasSize(6);
        assertThat(move.changelogs(2)).contains("keyward-g2-keys-changelog").hasSize(6);
        assertThat(move.generations().name()).isEqualTo("keyward-generations");
        assertThat(Move.command(move.partitions())).isEqualTo("bin/keyward reshard run --partitions 4");
        assertThat(move.sharedTopics())
                .contains("cmk.policy-applied", "cmk.rerouted")
                .doesNotContain("cmk.dead-letters");
        assertThat(move.inputs(2))
                .contains(new TopicPartition("cmk.policy-applied", 1), new TopicPartition("cmk.rerouted", 0))
                .doesNotContain(new TopicPartition("cmk.policy-applied", 2), new TopicPartition("cmk.warnings", 0));
        ProducerRecord<byte[], byte[]> record = move.generations().record(next);
        assertThat(record.topic()).isEqualTo("keyward-generations");
        assertThat(record.value()).isEqualTo(next.toJson());
    }

    private MovePlan run() {
        MoveProgress counted = new MoveProgress() {
            @Override
            public void rows(long count) {
                progress.add(count);
            }
        };
        return new RowCopy(move, next, counted, this::write)
                .run(all -> IntStream.range(0, rows.size())
                        .forEach(number -> all.accept(stores.get(number), rows.get(number))))
                .plan(new MovePlan.Circumstances(false, false, Map.of()));
    }

    private void write(ProducerRecord<byte[], byte[]> copy) {
        (Arrays.equals(copy.key(), StateDigest.row()) ? stateDigests : written).add(copy);
    }

    private List<ProducerRecord<byte[], byte[]>> toEveryPartition(String store) {
        List<ProducerRecord<byte[], byte[]>> copies = written.stream()
                .filter(copy -> copy.topic().equals("keyward-g2-" + store + "-changelog"))
                .toList();
        assertThat(copies).extracting(ProducerRecord::partition).containsExactlyInAnyOrder(0, 1, 2, 3);
        return copies;
    }

    private void row(String store, TenantId tenant, Bytes key, byte[] value) {
        whole(store, TenantPartitioner.partitionOf(tenant.value(), OLD), key, value);
    }

    private void whole(String store, int partition, Bytes key, byte[] value) {
        stores.add(store);
        rows.add(new ConsumerRecord<>(
                "keyward-" + store + "-changelog",
                partition,
                rows.size(),
                77,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key.get(),
                value,
                new RecordHeaders().add("name", VALUE),
                Optional.empty()));
    }

    private static Bytes environment(TenantId tenant) {
        return RowKeys.environment(tenant, new EnvironmentId("hr"));
    }

    private static TenantId tenant(boolean stays) {
        return Stream.iterate(0, number -> number + 1)
                .map(number -> new TenantId("tenant-" + number))
                .filter(tenant -> stays
                        == (TenantPartitioner.partitionOf(tenant.value(), OLD)
                                == TenantPartitioner.partitionOf(tenant.value(), NEW)))
                .findFirst()
                .orElseThrow();
    }
}
