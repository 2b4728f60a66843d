package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/// What the indexes hold about one row of a store. They follow from that row alone, so the difference between those of
/// the old row and of the new one keeps the indexes true.
final class IndexRows {
    private static final StateCodec<EnvironmentState> ENVIRONMENTS = StateCodec.ofEnvironments();
    private static final StateCodec<KeyFacts> KEYS = StateCodec.ofKeys();
    private static final StateCodec<TenantState> TENANTS = StateCodec.ofTenants();
    private static final StateCodec<PendingSweep> SWEEPS = StateCodec.ofSweeps();

    private IndexRows() {}

    /// Whether rows of this store have any; if not, their old values need not be read.
    static boolean has(String store) {
        return switch (store) {
            case Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.TENANTS, Nodes.ENFORCEMENT -> true;
            default -> false;
        };
    }

    /// The keys of a row's index rows, which have no values.
    ///
    /// @throws io.keyward.avro.state.UnreadableStateException if this release does not know the form of the value
    /// @throws IllegalArgumentException if this release knows no such row
    static Set<Bytes> of(String store, int partition, Bytes row, byte[] value) {
        return switch (store) {
            case Nodes.ENVIRONMENTS -> ofEnvironment(row, value);
            case Nodes.KEYS -> ofKey(row, value);
            case Nodes.TENANTS -> ofTenant(partition, row, value);
            case Nodes.ENFORCEMENT -> ReportIndex.rows(row, value);
            default -> Set.of();
        };
    }

    private static Set<Bytes> ofEnvironment(Bytes row, byte[] value) {
        TenantId tenant = RowKeys.tenant(Nodes.ENVIRONMENTS, row).orElseThrow();
        return EnvironmentIndex.rows(new EnvironmentRow(tenant, RowKeys.environment(row), ENVIRONMENTS.read(value)));
    }

    private static Set<Bytes> ofKey(Bytes row, byte[] value) {
        TenantId tenant = RowKeys.tenant(Nodes.KEYS, row).orElseThrow();
        Set<Bytes> rows = new HashSet<>();
        rows.add(EnvironmentNames.row(tenant, RowKeys.key(row)).key());
        KEYS.read(value)
                .expiries()
                .forEach(expiry ->
                        DueRows.expiry(tenant, RowKeys.key(row), expiry).addTo(rows));
        return rows;
    }

    /// Reads the value also where no index row follows, so that a form that this release does not know never goes
    /// unnoticed.
    private static Set<Bytes> ofTenant(int partition, Bytes row, byte[] value) {
        if (RowKeys.isTenantState(row)) {
            TENANTS.read(value);
            return Set.of();
        }
        if (!RowKeys.isSweep(row)) {
            return Set.of();
        }
        SWEEPS.read(value);
        Optional<TenantId> tenant = RowKeys.tenant(Nodes.TENANTS, row);
        return Set.of(tenant.map(IndexRows::sweepsOf)
                .orElseGet(() -> sweepsOf(partition))
                .raw(row.get())
                .key());
    }

    static KeyWriter sweepsOf(TenantId tenant) {
        return KeyWriter.in(Table.SWEEP).text(tenant.value());
    }

    static KeyWriter sweepsOf(int partition) {
        return KeyWriter.in(Table.SWEEP).text("").number(partition);
    }
}
