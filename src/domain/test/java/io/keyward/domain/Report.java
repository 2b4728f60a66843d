package io.keyward.domain;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A short way to write a report on a component: succeeded, complete, without items and of its only part, plus
/// what a row needs. See [Facts#reported].
public final class Report {
    private final Component component;
    private PartName part = PartName.ONLY;
    private EnforcementReport.Phase phase = EnforcementReport.Phase.SUCCEEDED;
    private final List<EnforcementReport.Items> items = new ArrayList<>();
    private boolean complete = true;
    private long failedCount;
    private List<EnforcementReport.FailedItem> failed = List.of();
    private List<PartName> parts = List.of();

    private Report(Component component) {
        this.component = component;
    }

    public static Report of(Component component) {
        return new Report(component);
    }

    /// The part that reports.
    public Report part(String name) {
        part = new PartName(name);
        return this;
    }

    /// All parts that the owner knows.
    public Report parts(String... names) {
        parts = Arrays.stream(names).map(PartName::new).toList();
        return this;
    }

    public Report phase(EnforcementReport.Phase stated) {
        phase = stated;
        return this;
    }

    /// So many items under that version.
    public Report under(String keyName, String version, long count) {
        return items(Optional.of(Facts.pinned(keyName, version)), count);
    }

    /// So many items under the Microsoft-managed key.
    public Report microsoftManaged(long count) {
        return items(Optional.empty(), count);
    }

    private Report items(Optional<KeyReference> key, long count) {
        items.add(new EnforcementReport.Items(key, count));
        return this;
    }

    /// Something is left out of the counts.
    public Report incomplete() {
        complete = false;
        return this;
    }

    /// So many items could not be brought under the key, these among them.
    public Report failed(long count, String... ids) {
        failedCount = count;
        failed = Arrays.stream(ids)
                .map(id -> new EnforcementReport.FailedItem(id, "busy"))
                .toList();
        return this;
    }

    Event.EnforcementReported at(Instant at) {
        return new Event.EnforcementReported(
                Facts.CONTOSO,
                Facts.stamp(at, "reported-" + component + "-" + part),
                Facts.E1,
                component,
                part,
                new EnforcementReport(phase, items, complete, failedCount, failed),
                parts);
    }
}
