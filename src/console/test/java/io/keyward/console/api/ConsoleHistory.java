package io.keyward.console.api;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.key;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A history in which an environment is in every state, and in which every field of the API has a value
/// somewhere.
final class ConsoleHistory {
    /// A time after all events.
    static final Instant NOW = day(20);

    /// An environment whose id is hard on paths and on JSON.
    static final String ODD = "50% ünï+code & \"more\"; one, two 漢字 🔑";

    private ConsoleHistory() {}

    /// Of parts a, b and c of a component of `sales`.
    /// @param under key and version, as `cmk/v2`
    private static Event report(int day, String component, String part, String phase, int failed, String under) {
        String[] names = under.split("/", 2);
        return new Event.EnforcementReported(
                new TenantId("contoso"),
                new Stamp(day(day), new EventId("reported-" + day + component + part)),
                new EnvironmentId("sales"),
                Component.valueOf(component),
                new PartName(part),
                new EnforcementReport(
                        EnforcementReport.Phase.valueOf(phase),
                        List.of(
                                new EnforcementReport.Items(
                                        Optional.of(
                                                new KeyReference(key(names[0]), Optional.of(new KeyVersion(names[1])))),
                                        5),
                                new EnforcementReport.Items(Optional.empty(), failed)),
                        true,
                        failed,
                        failed == 0 ? List.of() : List.of(new EnforcementReport.FailedItem("table-7", "in use"))),
                part.isEmpty() ? List.of() : List.of(new PartName("a"), new PartName("b"), new PartName("c")));
    }

    static List<Event> events() {
        return List.of(
                limit(1, "contoso", 4),
                rotated(1, "contoso", "cmk", "v1"),
                clean(1, "contoso", "sales"),
                applied(2, "contoso", "sales", "cmk"),
                changed(1, "contoso", "flows", Lifecycle.ACTIVE, flowsFrom(1)),
                applied(2, "contoso", "flows", "cmk"),
                clean(1, "contoso", ODD),
                applied(2, "contoso", ODD, "cmk"),
                clean(1, "contoso", "swapped"),
                applied(2, "contoso", "swapped", "cmk"),
                applied(5, "contoso", "swapped", "other"),
                clean(1, "contoso", "waiting"),
                applied(6, "contoso", "waiting", "other"),
                clean(1, "contoso", "plain"),
                rotated(7, "contoso", "cmk", "v2"),
                expiring(8, "contoso", "cmk", "v2"),
                clean(1, "fabrikam", "locked"),
                applied(2, "fabrikam", "locked", "cmk"),
                revoked(9, "fabrikam", "cmk"),
                clean(1, "fabrikam", "recoverable"),
                applied(2, "fabrikam", "recoverable", "second"),
                revoked(3, "fabrikam", "second"),
                restored(4, "fabrikam", "second"),
                clean(1, "fabrikam", "left"),
                applied(2, "fabrikam", "left", "second"),
                removed(6, "fabrikam", "left", "second"),
                clean(1, "fabrikam", "deleted"),
                applied(2, "fabrikam", "deleted", "third"),
                changed(3, "fabrikam", "deleted", Lifecycle.DELETED, FlowInventory.EMPTY),
                clean(1, "fabrikam", "purged"),
                applied(2, "fabrikam", "purged", "third"),
                changed(3, "fabrikam", "purged", Lifecycle.PURGED, FlowInventory.EMPTY),
                applied(2, "fabrikam", "unknown", "third"),
                report(8, "DATAVERSE", "a", "SUCCEEDED", 0, "cmk/v2"),
                report(9, "DATAVERSE", "b", "SUCCEEDED", 0, "cmk/v2"),
                report(10, "DATAVERSE", "b", "FAILED", 2, "nobodys/v0"),
                report(9, "CLOUD_FLOWS", "", "SUCCEEDED", 0, "cmk/v2"));
    }
}
