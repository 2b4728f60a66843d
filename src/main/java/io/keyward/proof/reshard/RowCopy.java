package io.keyward.proof.reshard;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.store.RowKeys;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;

/// Takes every row of a generation to its place in the next one, and counts.
final class RowCopy {
    private final Move move;
    private final Generation next;
    private final MoveProgress progress;
    private final Consumer<ProducerRecord<byte[], byte[]>> out;
    private final RowPlacement placement;
    private final Map<String, Long> rows = new TreeMap<>();
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
    RowCopy run(StoredRows from) {
        from.forEach(this::take);
        for (RowPlacement.AgreedRow agreed : placement.agreed()) {
            for (int partition = 0; partition < next.partitions(); partition++) {
                out.accept(new ProducerRecord<>(
                        changelog(agreed.row().store()),
                        partition,
                        agreed.row().key().get(),
                        agreed.value().get()));
            }
        }
        return this;
    }

    private void take(String store, ConsumerRecord<byte[], byte[]> row) {
        Bytes key = Bytes.wrap(row.key());
        placement.place(store, row.partition(), key, row.value()).ifPresent(partition -> {
            out.accept(new ProducerRecord<>(
                    changelog(store), partition, row.timestamp(), row.key(), row.value(), row.headers()));
            rows.merge(store, 1L, Long::sum);
        });
        RowKeys.tenant(store, key).ifPresent(tenants::add);
        progress.rows(++read);
    }

    private String changelog(String store) {
        return move.changelog(next.number(), store);
    }

    MovePlan plan(MovePlan.Circumstances circumstances) {
        long moved = tenants.stream()
                .filter(tenant -> TenantPartitioner.home(tenant.value(), next.from())
                        != TenantPartitioner.home(tenant.value(), next.partitions()))
                .count();
        return new MovePlan(next, circumstances, rows, tenants.size(), moved, placement.decidesAnew());
    }
}
