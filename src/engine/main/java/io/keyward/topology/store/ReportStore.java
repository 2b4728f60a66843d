package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `enforcement`: the reports of components (R28). Each component that has reported has a row with the
/// names of the parts that have reported, a row with the parts that its latest report lists, and a row for each
/// part with its reports. So a report writes few bytes even if there are many parts.
public final class ReportStore {
    private final KeyValueStore<Bytes, byte[]> store;

    public ReportStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// All reports on an environment. Reads no row if none of its components has reported.
    public Reports get(TenantId tenant, EnvironmentId environment, EnvironmentFacts facts) {
        if (facts.reported().isEmpty()) {
            return Reports.NONE;
        }
        ReportRows read = new ReportRows();
        Bytes prefix = RowKeys.environment(tenant, environment);
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(prefix, RowKeys.after(prefix))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                read.add(RowKeys.report(row.key), row.value);
            }
        }
        return read.reports();
    }

    /// The reports on an environment that an event extends, replaces or voids. [Reports#with] and [#changes]
    /// need no others.
    ///
    /// @param before the facts of the environment
    /// @param after the facts including the event
    public Reports concernedBy(Event.OfEnvironment event, EnvironmentFacts before, EnvironmentFacts after) {
        return switch (event) {
            case Event.EnforcementReported e ->
                before.reported().contains(e.component()) ? concernedBy(e) : Reports.NONE;
            case Event.EnvironmentChanged e ->
                after.voidUpTo().equals(before.voidUpTo())
                        ? Reports.NONE
                        : get(e.tenantId(), e.environmentId(), before);
            case Event.PolicyApplied _, Event.PolicyRemoved _ -> Reports.NONE;
        };
    }

    private Reports concernedBy(Event.EnforcementReported event) {
        ReportRows read = new ReportRows();
        for (ReportRow row : List.of(
                new ReportRow.OfNames(event.component()),
                new ReportRow.OfKnownParts(event.component()),
                new ReportRow.OfPart(event.component(), event.part()))) {
            byte[] value = store.get(RowKeys.report(event.tenantId(), event.environmentId(), row));
            if (value != null) {
                read.add(row, value);
            }
        }
        return read.reports();
    }

    /// The encoded rows in which the reports differ, for [#put]. A null value means that the row is deleted.
    public List<KeyValue<Bytes, byte[]>> changes(
            TenantId tenant, EnvironmentId environment, Reports before, Reports after) {
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        BiConsumer<ReportRow, byte[]> changes =
                (row, value) -> rows.add(KeyValue.pair(RowKeys.report(tenant, environment, row), value));
        after.components()
                .forEach((component, reports) -> addChanges(changes, component, before.of(component), reports));
        return rows;
    }

    /// Writes encoded rows. Nothing is computed in between that could fail, so either all rows are
    /// written or none.
    public void put(List<KeyValue<Bytes, byte[]>> rows) {
        rows.forEach(row -> store.put(row.key, row.value));
    }

    /// Deletes all reports on an environment.
    public void delete(TenantId tenant, EnvironmentId environment) {
        RowRange.delete(store, RowKeys.environment(tenant, environment));
    }

    private void addChanges(
            BiConsumer<ReportRow, byte[]> changes,
            Component component,
            ComponentReports before,
            ComponentReports after) {
        if (after.equals(before)) { // usually all components but one, and each may have many parts
            return;
        }
        if (!after.names().equals(before.names()) || after.more() != before.more()) {
            changes.accept(new ReportRow.OfNames(component), StateCodec.COMPONENTS.write(after));
        }
        if (!after.known().equals(before.known())) {
            changes.accept(
                    new ReportRow.OfKnownParts(component),
                    after.known().map(StateCodec.KNOWN_PARTS::write).orElse(null));
        }
        removed(before, after).forEach(part -> changes.accept(new ReportRow.OfPart(component, part), null));
        after.parts().forEach((part, reports) -> {
            if (!reports.equals(before.parts().get(part))) {
                changes.accept(new ReportRow.OfPart(component, part), StateCodec.PARTS.write(reports));
            }
        });
    }

    /// The parts whose reports are void, and those that were evicted, even if [#concernedBy] has not
    /// read their reports.
    private static Set<PartName> removed(ComponentReports before, ComponentReports after) {
        Set<PartName> removed = new TreeSet<>(before.parts().keySet());
        removed.removeAll(after.parts().keySet());
        for (PartName name : before.names()) {
            if (!after.names().contains(name)) {
                removed.add(name);
            }
        }
        return removed;
    }
}
