package io.keyward.proof;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ReportRows;
import io.keyward.topology.store.RowKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/// What a tenant's rows say besides those of its environments: its own state, its unfinished fan-outs, the facts of its
/// keys, and what its components reported. Rows that cannot be read are left out.
final class StoredTenant {

    private final TenantRecords records;
    private final PartitionRows partition;
    private final List<FanOut> fanOuts;
    private final Map<KeyId, KeyFacts> keys = new HashMap<>();
    private final Map<EnvironmentId, ReportsOfEnvironment> reports = new HashMap<>();
    private TenantState state = TenantState.NONE;

    private StoredTenant(TenantRecords records, PartitionRows partition) {
        this.records = records;
        this.partition = partition;
        this.fanOuts = new ArrayList<>(partition.fanOuts());
    }

    /// The report rows of an environment.
    private static final class ReportsOfEnvironment {
        private final ReportRows rows = new ReportRows();
        /// The sum of their offsets: rows come in no order.
        private long offsets;

        private Reports reports = Reports.NONE;
    }

    /// Decodes the rows.
    ///
    /// @param partition the rows about the whole partition of the tenant
    static StoredTenant decode(TenantRecords records, PartitionRows partition, Discrepancies discrepancies) {
        StoredTenant facts = new StoredTenant(records, partition);
        facts.decode(Nodes.TENANTS, discrepancies, facts::addTenantRow);
        facts.decode(
                Nodes.KEYS,
                discrepancies,
                (key, row) -> facts.keys.put(RowKeys.key(key), StateCodec.KEYS.read(row.value())));
        facts.decode(Nodes.ENFORCEMENT, discrepancies, facts::addReport);
        facts.reports.values().forEach(of -> of.reports = of.rows.reports());
        return facts;
    }

    private void decode(String store, Discrepancies discrepancies, BiConsumer<Bytes, NewestRecord> decoded) {
        records.rows(store).forEach((key, row) -> {
            try {
                decoded.accept(key, row);
            } catch (RuntimeException unreadable) {
                discrepancies.unreadable(store, row, RowKeys.environment(store, key), unreadable);
            }
        });
    }

    private void addTenantRow(Bytes key, NewestRecord row) {
        if (RowKeys.isOf(RowKeys.STATE, key)) {
            state = StateCodec.TENANTS.read(row.value());
        } else if (RowKeys.isOf(RowKeys.FAN_OUT, key)) {
            fanOuts.add(StateCodec.FAN_OUTS.read(row.value()).fanOut());
        }
    }

    private void addReport(Bytes key, NewestRecord row) {
        ReportsOfEnvironment of =
                reports.computeIfAbsent(RowKeys.environmentOfReport(key), _ -> new ReportsOfEnvironment());
        of.offsets += row.offset() + 1;
        of.rows.add(RowKeys.report(key), row.value());
    }

    TenantRecords records() {
        return records;
    }

    PartitionRows ofPartition() {
        return partition;
    }

    TenantState state() {
        return state;
    }

    /// The row of the tenant's state; null if there is none.
    NewestRecord stateRow() {
        return records.rows(Nodes.TENANTS).get(RowKeys.tenantState(records.id()));
    }

    Map<KeyId, KeyFacts> keys() {
        return keys;
    }

    /// The reports on an environment.
    Reports reports(EnvironmentId environment) {
        ReportsOfEnvironment of = reports.get(environment);
        return of == null ? Reports.NONE : of.reports;
    }

    /// What a decision on an environment rests on.
    List<Long> evidence(EnvironmentId environment, NewestRecord row, EnvironmentState before) {
        List<Long> evidence = new ArrayList<>(List.of(row.offset()));
        state.timeReached().ifPresent(time -> evidence.add(time.toEpochMilli()));
        before.facts()
                .allKeys()
                .forEach(key -> evidence.add(
                        NewestRecord.offsetOf(records.rows(Nodes.KEYS).get(RowKeys.key(records.id(), key)))));
        Optional.ofNullable(reports.get(environment)).ifPresent(of -> evidence.add(of.offsets));
        return evidence;
    }

    /// Whether an unfinished fan-out may still have to decide an environment. It does not consider how far the
    /// fan-out has come: until its end, no environment that it concerns is judged.
    boolean awaitsFanOut(EnvironmentState environment) {
        return fanOuts.stream().anyMatch(fanOut -> switch (fanOut) {
            case FanOut.OfKey key -> environment.facts().allKeys().contains(key.key());
            case FanOut.OfDeadlines due ->
                environment.firesAt().filter(at -> !at.isAfter(due.dueAt())).isPresent();
            case FanOut.OfQueue _ -> environment.slot().queuedAt().isPresent();
            case FanOut.OfErasure _, FanOut.OfEverything _ -> true;
        });
    }

    /// Whether the tenant is being erased. Its rows then do not agree: some are gone before others.
    boolean awaitsErasure() {
        return fanOuts.stream().anyMatch(FanOut.OfErasure.class::isInstance);
    }

    /// Whether an unfinished fan-out may still have to move slots of the tenant.
    boolean awaitsFanOut() {
        return !fanOuts.isEmpty();
    }
}
