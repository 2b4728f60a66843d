package io.keyward.proof.reshard;

import io.keyward.client.TenantPartitioner;
import io.keyward.config.Generation;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowDigest;
import io.keyward.topology.store.RowKeys;
import io.keyward.topology.store.StateDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;

/// Takes every row of a generation to its place in the next one, and counts.
///
/// Tombstones are taken along. So if an instance that was late in stopping has deleted a row after an attempt that was
/// killed, the next attempt deletes its copy too.
final class RowCopy {
    private final Move move;
    private final Generation next;
    private final MoveProgress progress;
    private final Consumer<ProducerRecord<byte[], byte[]>> out;
    private final RowPlacement placement;
    private final Map<String, Long> rows = new TreeMap<>();
    private final Map<Integer, Map<String, RowDigest>> digests = new TreeMap<>();
    private final Set<TenantId> tenants = new HashSet<>();
    private long read;

    /// @param out takes the rows of the new changelogs
    RowCopy(Move move, Generation next, MoveProgress progress, Consumer<ProducerRecord<byte[], byte[]>> out) {
        this.move = move;
        this.next = next;
        this.progress = progress;
        this.out = out;
        this.placement = new RowPlacement(next.partitions());
    }

    /// Takes all rows.
    ///
    /// @param from gives them, see [StoredRows#forEach]
    RowCopy run(Consumer<StoredRows.RowConsumer> from) {
        from.accept(this::take);
        placement.leftOut().forEach(row -> toEveryPartition(row, null));
        placement.agreed().forEach((row, value) -> toEveryPartition(row, value.get()));
        stateDigest();
        return this;
    }

    /// Notes what the stores of each new partition hold, so that the first start can tell that it has restored all.
    private void stateDigest() {
        for (int partition = 0; partition < next.partitions(); partition++) {
            Map<String, RowDigest> held = digests.getOrDefault(partition, Map.of());
            List<RowDigest> inOrder = KeywardTopology.stores().stream()
                    .map(store -> held.getOrDefault(store, RowDigest.NONE))
                    .toList();
            out.accept(new ProducerRecord<>(
                    changelog(Nodes.TENANTS), partition, StateDigest.row(), StateDigest.encode(inOrder)));
        }
    }

    private void count(String store, int partition, byte[] key, byte[] value) {
        if (value != null) {
            digests.computeIfAbsent(partition, _ -> new TreeMap<>())
                    .merge(store, RowDigest.NONE.with(key, value), RowDigest::plus);
        }
    }

    /// @param value null deletes the row
    private void toEveryPartition(RowPlacement.WholeRow row, byte[] value) {
        for (int partition = 0; partition < next.partitions(); partition++) {
            count(row.store(), partition, row.key().get(), value);
            out.accept(new ProducerRecord<>(
                    changelog(row.store()), partition, row.key().get(), value));
        }
    }

    private void take(String store, ConsumerRecord<byte[], byte[]> row) {
        Bytes key = Bytes.wrap(row.key());
        if (row.value() == null) {
            placement.partitionOf(store, key).ifPresent(partition -> copy(store, partition, row));
        } else {
            placement.place(store, row.partition(), key, row.value()).ifPresent(partition -> {
                copy(store, partition, row);
                rows.merge(store, 1L, Long::sum);
            });
            RowKeys.tenant(store, key).ifPresent(tenants::add);
        }
        progress.rows(++read);
    }

    private void copy(String store, int partition, ConsumerRecord<byte[], byte[]> row) {
        count(store, partition, row.key(), row.value());
        out.accept(new ProducerRecord<>(
                changelog(store), partition, row.timestamp(), row.key(), row.value(), row.headers()));
    }

    private String changelog(String store) {
        return move.changelog(next.number(), store);
    }

    MovePlan plan(MovePlan.Circumstances circumstances) {
        long moved = tenants.stream()
                .filter(tenant -> TenantPartitioner.partitionOf(tenant.value(), next.from())
                        != TenantPartitioner.partitionOf(tenant.value(), next.partitions()))
                .count();
        return new MovePlan(next, circumstances, rows, tenants.size(), moved, placement.decidesAnew());
    }
}
