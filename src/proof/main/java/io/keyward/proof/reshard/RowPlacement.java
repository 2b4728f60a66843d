package io.keyward.proof.reshard;

import io.keyward.avro.state.StateCodec;
import io.keyward.client.TenantPartitioner;
import io.keyward.domain.SinkPeriods;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ProgressRow;
import io.keyward.topology.store.RowKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/// Where the rows of an application belong that has another partition count now.
///
/// A tenant's rows go to the tenant's partition. A row about a whole partition, such as the rules that last decided
/// it, is true for every new partition only if it was true for every old one that holds environments. Otherwise it is
/// left out, and the next start decides everything again, which publishes nothing that was right already. The same
/// holds while one old partition was being decided again as a whole. When tenants were erased, and when sinks
/// were among those of the profile, goes to every new partition.
final class RowPlacement {

    private final int partitions;
    private final Set<Integer> withEnvironments = new HashSet<>();
    private final Map<WholeRow, Map<Integer, Bytes>> whole = new HashMap<>();
    private final Map<Bytes, Bytes> erasures = new HashMap<>();
    private Optional<SinkPeriods> sinks = Optional.empty();
    private boolean decidesEverything;

    /// @param partitions the new count
    public RowPlacement(int partitions) {
        this.partitions = partitions;
    }

    /// A row about a whole partition.
    public record WholeRow(String store, Bytes key) {}

    /// The new partition of a row. Empty for a row about a whole partition, which is remembered for [#agreed()].
    ///
    /// @param store its name
    /// @param from the old partition
    /// @throws IllegalArgumentException if this release knows no such row
    public Optional<Integer> place(String store, int from, Bytes key, byte[] value) {
        if (store.equals(Nodes.ENVIRONMENTS)) {
            withEnvironments.add(from);
        }
        Optional<Integer> place = partitionOf(store, key);
        if (place.isEmpty()) {
            if (store.equals(Nodes.TENANTS) && RowKeys.isOf(RowKeys.FAN_OUT, key)) {
                decidesEverything = true;
            } else if (store.equals(Nodes.TENANTS) && RowKeys.isOf(RowKeys.ERASED, key)) {
                erasures.put(key, Bytes.wrap(value));
            } else if (store.equals(Nodes.TENANTS) && key.equals(RowKeys.SINKS_ROW)) {
                SinkPeriods read = StateCodec.SINKS.read(value);
                sinks = Optional.of(sinks.map(read::joinedWith).orElse(read));
            } else if (!store.equals(Nodes.TENANTS)
                    || (!RowKeys.isOf(RowKeys.STATE_DIGEST, key) && !key.equals(ProgressRow.KEY))) {
                whole.computeIfAbsent(new WholeRow(store, key), _ -> new HashMap<>())
                        .put(from, Bytes.wrap(value));
            }
        }
        return place;
    }

    /// The new partition of a tenant's row. Empty for a row about a whole partition.
    ///
    /// @throws IllegalArgumentException if this release knows no such row
    Optional<Integer> partitionOf(String store, Bytes key) {
        return RowKeys.tenant(store, key).map(tenant -> TenantPartitioner.partitionOf(tenant.value(), partitions));
    }

    /// The rows about a whole partition that are not true for every new one, once all rows were placed.
    Set<WholeRow> leftOut() {
        Set<WholeRow> rows = new HashSet<>(whole.keySet());
        rows.removeAll(trueForAll().keySet());
        return rows;
    }

    /// The rows that belong into every new partition, with their values, once all rows were placed.
    public Map<WholeRow, Bytes> agreed() {
        Map<WholeRow, Bytes> agreed = trueForAll();
        erasures.forEach((key, value) -> agreed.put(new WholeRow(Nodes.TENANTS, key), value));
        sinks.map(StateCodec.SINKS::write)
                .ifPresent(noted -> agreed.put(new WholeRow(Nodes.TENANTS, RowKeys.SINKS_ROW), Bytes.wrap(noted)));
        return agreed;
    }

    private Map<WholeRow, Bytes> trueForAll() {
        Map<WholeRow, Bytes> agreed = new HashMap<>();
        whole.forEach((row, values) -> {
            Set<Bytes> different = Set.copyOf(values.values());
            if (!decidesEverything && values.keySet().containsAll(withEnvironments) && different.size() == 1) {
                agreed.put(row, different.iterator().next());
            }
        });
        return agreed;
    }

    /// Whether the next start decides everything again.
    public boolean decidesAnew() {
        return !withEnvironments.isEmpty() && trueForAll().size() < 2;
    }
}
