package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// What the indexes hold about one row of a store. They follow from that row alone, so the difference between those of
/// the old row and of the new one keeps the indexes true.
final class IndexRows {

    /// The value of most index rows.
    static final Bytes NOTHING = Bytes.wrap(new byte[0]);

    private IndexRows() {}

    /// Whether rows of this store have any; if not, their old values need not be read.
    static boolean has(String store) {
        return switch (store) {
            case Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.TENANTS, Nodes.ENFORCEMENT -> true;
            default -> false;
        };
    }

    /// The index rows of a row.
    ///
    /// @throws io.keyward.avro.state.UnreadableStateException if this release does not know the form of the value
    /// @throws IllegalArgumentException if this release knows no such row
    static Map<Bytes, Bytes> of(String store, int partition, Bytes row, byte[] value) {
        return switch (store) {
            case Nodes.ENVIRONMENTS -> ofEnvironment(row, value);
            case Nodes.KEYS -> ofKey(row, value);
            case Nodes.TENANTS -> ofTenant(partition, row, value);
            case Nodes.ENFORCEMENT -> ReportIndex.rows(row, value);
            default -> Map.of();
        };
    }

    private static Map<Bytes, Bytes> ofEnvironment(Bytes row, byte[] value) {
        TenantId tenant = RowKeys.tenant(Nodes.ENVIRONMENTS, row).orElseThrow();
        return EnvironmentIndex.rows(
                new EnvironmentRow(tenant, RowKeys.environment(row), StateCodec.ENVIRONMENTS.read(value)));
    }

    private static Map<Bytes, Bytes> ofKey(Bytes row, byte[] value) {
        TenantId tenant = RowKeys.tenant(Nodes.KEYS, row).orElseThrow();
        Map<Bytes, Bytes> rows = new HashMap<>();
        rows.put(EnvironmentNames.row(tenant, RowKeys.key(row)).key(), NOTHING);
        StateCodec.KEYS
                .read(value)
                .expiries()
                .forEach(expiry ->
                        DueRows.expiry(tenant, RowKeys.key(row), expiry).addTo(rows));
        return rows;
    }

    /// Reads the value also where no index row follows, so that a form that this release does not know never goes
    /// unnoticed.
    private static Map<Bytes, Bytes> ofTenant(int partition, Bytes row, byte[] value) {
        if (RowKeys.isOf(RowKeys.STATE, row)) {
            StateCodec.TENANTS.read(value);
            return Map.of();
        }
        if (!RowKeys.isOf(RowKeys.SWEEP, row)) {
            return Map.of();
        }
        StateCodec.SWEEPS.read(value);
        Optional<TenantId> tenant = RowKeys.tenant(Nodes.TENANTS, row);
        return Map.of(
                tenant.map(IndexRows::sweepsOf)
                        .orElseGet(() -> sweepsOf(partition))
                        .raw(row.get())
                        .key(),
                NOTHING);
    }

    static KeyWriter sweepsOf(TenantId tenant) {
        return KeyWriter.in(Table.SWEEP).text(tenant.value());
    }

    static KeyWriter sweepsOf(int partition) {
        return KeyWriter.in(Table.SWEEP).text("").number(partition);
    }
}
