package io.keyward.topology;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.GroupId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The largest state of one environment: every set full, every text of maximum length, every key to be kept,
/// and as many warnings as possible.
public final class Extremes {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    private final List<Event> events = new ArrayList<>();
    private Instant now = BEGIN;

    private Extremes() {}

    /// All events in order; the last one leads to the largest decision.
    public static List<Event> events() {
        Extremes extremes = new Extremes();
        extremes.changed("former");
        for (int number = 1; number <= EnvironmentFacts.CAPACITY; number++) {
            extremes.removed("none" + number);
        }
        for (int number = 1; number <= EnvironmentFacts.CAPACITY; number++) {
            extremes.applied(number);
        }
        for (int number = 1; number <= KeyFacts.CAPACITY; number++) {
            extremes.keyFacts(number);
        }
        for (int number = 1; number <= ComponentReports.CAPACITY; number++) {
            extremes.reported(number);
        }
        extremes.changed("present");
        extremes.revoked("last", Optional.empty());
        return extremes.events;
    }

    private void changed(String groups) {
        List<HostedMachineGroup> all = IntStream.range(0, Snapshot.MAX_GROUPS)
                .mapToObj(number -> new HostedMachineGroup(new GroupId(full(groups + number)), BEGIN.minusMillis(1)))
                .toList();
        events.add(new Event.EnvironmentChanged(
                tenant(),
                stamp("changed"),
                environment(),
                new Snapshot(
                        EnvironmentType.PRODUCTION,
                        true,
                        Lifecycle.ACTIVE,
                        flows(now),
                        flows(now),
                        Integer.MAX_VALUE,
                        all,
                        Integer.MAX_VALUE,
                        Optional.of(new FlowMigration(
                                FlowMigration.State.RUNNING, Optional.of(Bounds.DEFAULT.minTime()), Optional.of(now))),
                        Optional.empty()),
                true));
    }

    private static FlowInventory flows(Instant newest) {
        return new FlowInventory(
                Integer.MAX_VALUE,
                Optional.of(Bounds.DEFAULT.minTime()),
                Optional.of(newest),
                Optional.of(Integer.MAX_VALUE),
                Collections.nCopies(FlowInventory.MAX_IDS, new FlowId(full("flow"))));
    }

    private void removed(String policy) {
        events.add(new Event.PolicyRemoved(tenant(), stamp("removed"), environment(), new PolicyId(full(policy))));
    }

    private void applied(int number) {
        events.add(new Event.PolicyApplied(
                tenant(),
                stamp("applied"),
                environment(),
                new PolicyId(full("policy" + number)),
                new KeyReference(key(number), Optional.empty())));
    }

    /// One of each kind about the last key applied.
    private void keyFacts(int number) {
        KeyId key = key(EnvironmentFacts.CAPACITY);
        KeyVersion version = new KeyVersion(name("v" + number));
        events.add(new Event.KeyRotated(
                tenant(),
                stamp("rotated"),
                key,
                version,
                Optional.of(new KeyVersion(name("before" + number))),
                Optional.empty()));
        events.add(new Event.KeyExpiring(tenant(), stamp("expiring"), key, version, now));
        revoked("unused", Optional.of(new KeyVersion(name("unused" + number))));
        events.add(new Event.KeyRestored(
                tenant(), stamp("restored"), key, Optional.of(version), Optional.of(RevocationCause.ACCESS_REMOVED)));
    }

    private void reported(int number) {
        events.add(new Event.EnforcementReported(
                tenant(),
                stamp("reported"),
                environment(),
                Component.DATAVERSE,
                part(number),
                new EnforcementReport(
                        EnforcementReport.Phase.RUNNING,
                        each(
                                EnforcementReport.MAX_ENTRIES,
                                item -> new EnforcementReport.Items(
                                        Optional.of(new KeyReference(
                                                key(item), Optional.of(new KeyVersion(name("v" + item))))),
                                        Long.MAX_VALUE)),
                        false,
                        Long.MAX_VALUE,
                        each(
                                EnforcementReport.MAX_FAILED,
                                _ -> new EnforcementReport.FailedItem("\u65e5".repeat(200), "\u65e5".repeat(200)))),
                each(EnforcementReport.MAX_ENTRIES, Extremes::part)));
    }

    private static <T> List<T> each(int count, IntFunction<T> entry) {
        return IntStream.rangeClosed(1, count).mapToObj(entry).toList();
    }

    private static PartName part(int number) {
        return new PartName(full("part" + number));
    }

    private void revoked(String what, Optional<KeyVersion> version) {
        events.add(new Event.KeyRevoked(
                tenant(), stamp(what), key(EnvironmentFacts.CAPACITY), version, RevocationCause.ACCESS_REMOVED));
    }

    private Stamp stamp(String what) {
        now = now.plus(Duration.ofMinutes(1));
        return new Stamp(now, new EventId(full(what + now.toEpochMilli())));
    }

    private static TenantId tenant() {
        return new TenantId(full("tenant"));
    }

    private static EnvironmentId environment() {
        return new EnvironmentId(full("environment"));
    }

    private static KeyId key(int number) {
        return new KeyId(
                "https://" + "v".repeat(63) + "." + "v".repeat(63) + "." + "v".repeat(62) + ".v", name("key" + number));
    }

    /// The text, extended to the 127 letters that the name of a key or a version may have.
    private static String name(String text) {
        return text + "x".repeat(127 - text.length());
    }

    /// The text, extended to the 200 bytes that it may have.
    private static String full(String text) {
        return text + "x".repeat(200 - text.length());
    }
}
