package io.keyward.domain;

import static java.util.Map.entry;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// The events of rows, in the words of the scenario files. The README of the rows lists them.
final class RowEvents {
    /// How an event is read, by its topic.
    private static final Map<String, BiFunction<Instant, RowWords, Event>> TOPICS = Map.ofEntries(
            entry("environment-changed", (at, words) -> Facts.snapshot(at, inventory(words))),
            entry("policy-applied", (at, words) -> Facts.applied(at, words.next("a policy"), words.key())),
            entry("policy-removed", (at, words) -> Facts.removed(at, words.next("a policy"))),
            entry("key-rotated", RowEvents::rotated),
            entry("key-revoked", RowEvents::revoked),
            entry("key-restored", RowEvents::restored),
            entry("key-expiring", RowEvents::expiring),
            entry("enforcement-reported", (at, words) -> Facts.reported(at, report(words))),
            entry("tenant-limit-changed", (at, words) -> Facts.limit(at, words.count())),
            entry("time-reached", (at, _) -> Facts.reached(at)));

    private static final Set<String> AFTER_FLOWS = Set.of(
            "desktopFlows", "nonOAuthConnections", "hostedMachines", "hostedMachineGroup", "flowMigration", "id");
    private static final Set<String> AFTER_PARTS = Set.of("phase", "items", "complete", "failedCount", "failed", "id");

    private RowEvents() {}

    /// An event such as `5: key-revoked k1 cause ACCESS_REMOVED`.
    static Event of(RowWords words) {
        Instant at = words.time();
        Event event = words.with(":").oneOf(TOPICS).apply(at, words);
        Optional<String> environment = words.after("environment", w -> w.next("an environment"));
        Optional<String> tenant = words.after("tenant", w -> w.next("a tenant"));
        Optional<String> id = words.after("id", w -> w.next("an event id"));
        words.expectEnd(", or another member of the event in the order of the README,");
        if (environment.isPresent()) {
            event = Facts.in(environment.get(), (Event.OfEnvironment) event);
        }
        event = tenant.isPresent() ? Facts.ofTenant(tenant.get(), event) : event;
        return id.isPresent() ? Facts.as(id.get(), event) : event;
    }

    private static Event rotated(Instant at, RowWords words) {
        String key = words.next("a key");
        String version = words.next("a version");
        Optional<String> previous = words.after("previousVersion", w -> w.next("a version"));
        Optional<Instant> expiresAt = words.after("expiresAt", RowWords::time);
        return previous.map(named -> Facts.rotated(at, key, named, version))
                .or(() -> expiresAt.map(end -> Facts.rotatedUntil(at, key, version, end)))
                .orElseGet(() -> Facts.rotated(at, key, version));
    }

    private static Event revoked(Instant at, RowWords words) {
        KeyReference key = words.key();
        return Facts.revoked(at, key, words.after("cause", RowEvents::cause).orElse(RevocationCause.KEY_DISABLED));
    }

    private static Event restored(Instant at, RowWords words) {
        KeyReference key = words.key();
        return words.after("cause", RowEvents::cause)
                .map(cause -> Facts.restored(at, key, cause))
                .orElseGet(() -> Facts.restored(at, key));
    }

    private static RevocationCause cause(RowWords words) {
        return words.oneOf(RevocationCause.class);
    }

    private static Event expiring(Instant at, RowWords words) {
        String key = words.next("a key");
        String version = words.next("a version");
        return Facts.expiring(at, key, version, words.with("expiresAt").time());
    }

    private static Inventory inventory(RowWords words) {
        Inventory inventory = Inventory.of(
                words.after("type", w -> w.oneOf(EnvironmentType.class)).orElse(EnvironmentType.PRODUCTION));
        if (words.skip("managed", "false")) {
            inventory.unmanaged();
        }
        words.after("lifecycle", w -> w.oneOf(Lifecycle.class)).ifPresent(inventory::lifecycle);
        if (words.skip("runtimeEnabled", "false")) {
            inventory.runtimeDisabled();
        }
        words.after("cloudFlows", RowEvents::flows).ifPresent(inventory::cloudFlows);
        words.after("desktopFlows", RowEvents::flows).ifPresent(inventory::desktopFlows);
        words.after("nonOAuthConnections", RowWords::count).ifPresent(inventory::nonOAuthConnections);
        words.after("hostedMachines", RowWords::count).ifPresent(inventory::hostedMachines);
        while (words.skip("hostedMachineGroup")) {
            inventory.machineGroup(
                    words.next("a group"), words.with("provisionedAt").time());
        }
        words.after("flowMigration", RowEvents::migration).ifPresent(inventory::migration);
        return inventory;
    }

    private static FlowInventory flows(RowWords words) {
        return new FlowInventory(
                words.count(),
                words.after("oldest", RowWords::time),
                words.after("newest", RowWords::time),
                words.after("onMicrosoftManagedKey", RowWords::count),
                words.after("cannotMigrate", w -> w.upTo(AFTER_FLOWS)).orElse(List.of()).stream()
                        .map(FlowId::new)
                        .toList());
    }

    private static FlowMigration migration(RowWords words) {
        return new FlowMigration(
                words.oneOf(FlowMigration.State.class),
                words.after("startedAt", RowWords::time),
                words.after("finishedAt", RowWords::time));
    }

    private static Report report(RowWords words) {
        Report report = Report.of(words.oneOf(Component.class));
        words.after("part", w -> w.next("a part")).ifPresent(report::part);
        words.after("parts", w -> w.upTo(AFTER_PARTS)).ifPresent(parts -> report.parts(parts.toArray(String[]::new)));
        words.after("phase", w -> w.oneOf(EnforcementReport.Phase.class)).ifPresent(report::phase);
        if (words.skip("items")) {
            do {
                items(report, words);
            } while (words.skip(","));
        }
        if (words.skip("complete", "false")) {
            report.incomplete();
        }
        long failed = words.after("failedCount", RowWords::number).orElse(0L);
        List<String> ids = words.after("failed", w -> w.upTo(Set.of("id"))).orElse(List.of());
        return report.failed(failed, ids.toArray(String[]::new));
    }

    /// `k1 v1: 5`, or `Microsoft-managed: 1`.
    private static void items(Report report, RowWords words) {
        if (words.skip("Microsoft-managed")) {
            report.microsoftManaged(words.with(":").number());
        } else {
            report.under(
                    words.next("a key"),
                    words.next("a version"),
                    words.with(":").number());
        }
    }
}
