package io.keyward.proof.reshard;

import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/// Where the rows of an application belong that has another partition count now.
///
/// A tenant's rows go to the tenant's partition. A row about a whole partition, such as the rules that last decided
/// it, is true for every new partition only if it was true for every old one that holds environments. Otherwise it is
/// left out, and the next start decides everything again, which publishes nothing that was right already. The same
/// holds while one old partition was being decided again as a whole.
public final class RowPlacement {
    private final int partitions;
    private final Set<Integer> withEnvironments = new HashSet<>();
    private final Map<WholeRow, Map<Integer, Bytes>> whole = new HashMap<>();
    private boolean sweepsEverything;

    /// @param partitions the new count
    public RowPlacement(int partitions) {
        this.partitions = partitions;
    }

    /// A row about a whole partition.
    public record WholeRow(String store, Bytes key) {}

    /// A row that belongs into every new partition.
    public record AgreedRow(WholeRow row, Bytes value) {}

    /// The new partition of a row. Empty for a row about a whole partition, which is remembered for [#agreed()].
    ///
    /// @param store its name
    /// @param from the old partition
    /// @throws IllegalArgumentException if this release knows no such row
    public Optional<Integer> place(String store, int from, Bytes key, byte[] value) {
        if (store.equals(Nodes.ENVIRONMENTS)) {
            withEnvironments.add(from);
        }
        Optional<Integer> place = home(store, key);
        if (place.isEmpty()) {
            if (store.equals(Nodes.TENANTS) && RowKeys.isSweep(key)) {
                sweepsEverything = true;
            } else {
                whole.computeIfAbsent(new WholeRow(store, key), _ -> new HashMap<>())
                        .put(from, Bytes.wrap(value));
            }
        }
        return place;
    }

    /// The new partition of a tenant's row. Empty for a row about a whole partition.
    ///
    /// @throws IllegalArgumentException if this release knows no such row
    Optional<Integer> home(String store, Bytes key) {
        return RowKeys.tenant(store, key).map(tenant -> TenantPartitioner.home(tenant.value(), partitions));
    }

    /// The rows about a whole partition that are not true for every new one, once all rows were placed.
    Set<WholeRow> leftOut() {
        Set<WholeRow> rows = new HashSet<>(whole.keySet());
        agreed().forEach(agreed -> rows.remove(agreed.row()));
        return rows;
    }

    /// The rows about a whole partition that are true for every new one, once all rows were placed.
    public List<AgreedRow> agreed() {
        if (sweepsEverything) {
            return List.of();
        }
        return whole.entrySet().stream()
                .filter(row -> row.getValue().keySet().containsAll(withEnvironments)
                        && Set.copyOf(row.getValue().values()).size() == 1)
                .map(row -> new AgreedRow(
                        row.getKey(), row.getValue().values().iterator().next()))
                .toList();
    }

    /// Whether the next start decides everything again.
    public boolean decidesAnew() {
        return !withEnvironments.isEmpty() && agreed().size() < 2;
    }
}
