package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `enforcement`: what components reported (R28). A row (tenant, environment, component) names the parts of
/// the component; a row (tenant, environment, component, part) holds the reports of one part, so that a report writes
/// little however many parts there are.
public final class ReportStore {
    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec<ComponentReports> components = StateCodec.ofComponents();
    private final StateCodec<PartReports> parts = StateCodec.ofParts();

    public ReportStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// All reports on an environment. Reads nothing if no component of it ever reported.
    public Reports get(TenantId tenant, EnvironmentId environment, EnvironmentFacts facts) {
        if (facts.reported().isEmpty()) {
            return Reports.NONE;
        }
        Map<Component, ComponentReports> names = new EnumMap<>(Component.class);
        Map<Component, SortedMap<PartName, PartReports>> reports = new EnumMap<>(Component.class);
        Bytes prefix = StoreKeys.forEnvironment(tenant, environment);
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(prefix, StoreKeys.last(prefix))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                StoreKeys.ReportRow key = StoreKeys.reportRow(row.key);
                if (key.part().isPresent()) {
                    reports.computeIfAbsent(key.component(), _ -> new TreeMap<>())
                            .put(key.part().get(), parts.read(row.value));
                } else {
                    names.put(key.component(), components.read(row.value));
                }
            }
        }
        names.replaceAll((component, named) -> new ComponentReports(
                reports.getOrDefault(component, new TreeMap<>()), named.names(), named.more(), named.known()));
        return new Reports(names);
    }

    /// Writes what differs.
    public void put(TenantId tenant, EnvironmentId environment, Reports before, Reports after) {
        after.components()
                .forEach((component, reports) -> put(
                        StoreKeys.forComponent(tenant, environment, component),
                        tenant,
                        environment,
                        component,
                        before.of(component),
                        reports));
    }

    private void put(
            Bytes row,
            TenantId tenant,
            EnvironmentId environment,
            Component component,
            ComponentReports before,
            ComponentReports after) {
        if (after.equals(before)) {
            return;
        }
        before.parts().keySet().stream()
                .filter(part -> !after.parts().containsKey(part))
                .forEach(part -> store.delete(StoreKeys.forPart(tenant, environment, component, part)));
        after.parts().forEach((part, reports) -> {
            if (!reports.equals(before.parts().get(part))) {
                store.put(StoreKeys.forPart(tenant, environment, component, part), parts.write(reports));
            }
        });
        store.put(row, components.write(after));
    }
}
