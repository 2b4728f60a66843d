package io.keyward.proof;

import io.keyward.avro.state.StateCodec;
import io.keyward.avro.state.UnreadableStateException;
import io.keyward.client.Topic;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks a tenant: each of its environments, its slots, and that there is no row and no output that nothing asks for.
/// Not thread-safe.
record TenantCheck(Subject subject, OutputRecords outputs) {

    /// Everything that is not as it should be.
    ///
    /// @param partition the rows about the whole partition of the tenant
    List<Discrepancy> discrepancies(TenantRecords records, PartitionRows partition) {
        Discrepancies found = new Discrepancies(subject, records);
        StoredTenant tenant = StoredTenant.decode(records, partition, found);
        LimitCheck.Slots slots = new LimitCheck.Slots();
        Set<EnvironmentId> known = new HashSet<>();
        records.rows(Nodes.ENVIRONMENTS).forEach((key, row) -> {
            EnvironmentId environment = RowKeys.environment(key);
            known.add(environment);
            try {
                EnvironmentState state = StateCodec.ENVIRONMENTS.read(row.value());
                slots.add(environment, state.slot());
                new EnvironmentCheck(subject.profile(), outputs, tenant, found, environment, row, state).run();
            } catch (UnreadableStateException unreadable) {
                slots.addUnknown();
                found.unreadable(Nodes.ENVIRONMENTS, row, Optional.of(environment), unreadable);
            }
        });
        new LimitCheck(outputs, tenant, slots, found).run();
        if (!slots.hasUnknown()) {
            checkUnexpected(tenant, known, found);
        }
        return tenant.awaitsErasure()
                ? found.found().stream().map(Discrepancy::untilAFanOutEnds).toList()
                : found.found();
    }

    /// Rows and outputs that nothing asks for.
    private static void checkUnexpected(StoredTenant tenant, Set<EnvironmentId> known, Discrepancies found) {
        unexpectedRows(tenant.records(), Nodes.KEY_USAGE, Rule.R16, found);
        unexpectedRows(tenant.records(), Nodes.DEADLINES, Rule.R25, found);
        unexpectedRows(tenant.records(), Nodes.TENANTS, Rule.R12, found);
        Map<EnvironmentId, NewestRecord> reported = new HashMap<>();
        tenant.records()
                .rows(Nodes.ENFORCEMENT)
                .forEach((key, row) -> reported.put(RowKeys.environmentOfReport(key), row));
        reported.keySet().removeAll(known);
        reported.forEach((environment, row) -> found.atRow(
                Nodes.ENFORCEMENT,
                row,
                Deviation.of(Rule.R28, "Expected no reports on an environment that has no row, found some."),
                Discrepancies.About.of(Optional.of(environment), row)));
        TopicLayout.OUTPUTS.forEach(topic -> unexpectedOutputs(tenant.records(), topic, found));
    }

    private static void unexpectedRows(TenantRecords records, String store, Rule rule, Discrepancies found) {
        records.rows(store).forEach((key, row) -> {
            if (found.isExpected(row) || (store.equals(Nodes.TENANTS) && !RowKeys.isOf(RowKeys.QUEUE, key))) {
                return;
            }
            EnvironmentId environment = RowKeys.environment(store, key).orElseThrow();
            found.atRow(
                    store,
                    row,
                    Deviation.of(rule, "Expected no such row, as that of the environment does not imply it."),
                    Discrepancies.About.of(Optional.of(environment), row, environmentRow(records, environment)));
        });
    }

    private static NewestRecord environmentRow(TenantRecords records, EnvironmentId environment) {
        return records.rows(Nodes.ENVIRONMENTS).get(RowKeys.environment(records.id(), environment));
    }

    private static void unexpectedOutputs(TenantRecords records, Topic topic, Discrepancies found) {
        records.outputs(topic).forEach((key, record) -> {
            if (record.isTombstone() || found.isExpected(record)) {
                return;
            }
            Optional<EnvironmentId> environment = RecordKeys.environment(key);
            NewestRecord row =
                    environment.map(id -> environmentRow(records, id)).orElse(null);
            String why = row == null
                    ? "its environment has no row."
                    : "its environment's row says that nothing is published under it.";
            found.atOutput(
                    topic,
                    record,
                    Deviation.of(Rule.R24, "Expected no record under the key %s, because %s".formatted(key, why)),
                    Discrepancies.About.of(environment, record, row));
        });
    }
}
