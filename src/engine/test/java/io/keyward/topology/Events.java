package io.keyward.topology;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Events for tests of the topology: parameters for what matters, defaults for the rest. Days count from 1
/// March 2026.
public final class Events {
    private static final Instant DAY_ONE = Instant.parse("2026-03-01T00:00:00Z");

    private Events() {}

    public static Instant day(int number) {
        return DAY_ONE.plus(Duration.ofDays(number - 1L));
    }

    public static Event.PolicyApplied applied(int day, String tenant, String environment, String key) {
        return new Event.PolicyApplied(
                new TenantId(tenant),
                stamp(day, "applied", tenant, environment),
                new EnvironmentId(environment),
                new PolicyId("policy-" + key),
                new KeyReference(key(key), Optional.empty()));
    }

    public static Event.PolicyRemoved removed(int day, String tenant, String environment, String key) {
        return new Event.PolicyRemoved(
                new TenantId(tenant),
                stamp(day, "removed", tenant, environment),
                new EnvironmentId(environment),
                new PolicyId("policy-" + key));
    }

    public static Event.EnvironmentChanged clean(int day, String tenant, String environment) {
        return changed(day, tenant, environment, Lifecycle.ACTIVE, FlowInventory.EMPTY);
    }

    public static Event.EnvironmentChanged changed(
            int day, String tenant, String environment, Lifecycle lifecycle, FlowInventory cloudFlows) {
        return new Event.EnvironmentChanged(
                new TenantId(tenant),
                stamp(day, "changed", tenant, environment),
                new EnvironmentId(environment),
                new Snapshot(
                        EnvironmentType.PRODUCTION,
                        true,
                        lifecycle,
                        cloudFlows,
                        FlowInventory.EMPTY,
                        0,
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty()),
                true);
    }

    /// An environment that has left its key, and retains it until then.
    public static List<Event> retainsUntil(Instant end, String tenant, String environment) {
        TenantId of = new TenantId(tenant);
        EnvironmentId id = new EnvironmentId(environment);
        Instant removed = end.minus(Duration.ofDays(30));
        return List.of(
                new Event.EnvironmentChanged(
                        of,
                        new Stamp(removed.minus(Duration.ofDays(2)), new EventId("changed-" + environment)),
                        id,
                        clean(1, tenant, environment).snapshot(),
                        true),
                new Event.PolicyApplied(
                        of,
                        new Stamp(removed.minus(Duration.ofDays(1)), new EventId("applied-" + environment)),
                        id,
                        new PolicyId("policy"),
                        new KeyReference(key("k1"), Optional.empty())),
                new Event.PolicyRemoved(
                        of, new Stamp(removed, new EventId("removed-" + environment)), id, new PolicyId("policy")));
    }

    public static Event.KeyRotated rotated(int day, String tenant, String key, String version) {
        return new Event.KeyRotated(
                new TenantId(tenant),
                stamp(day, "rotated", tenant, key),
                key(key),
                new KeyVersion(version),
                Optional.empty(),
                Optional.empty());
    }

    public static Event.KeyRevoked revoked(int day, String tenant, String key) {
        return revoked(day, tenant, key, RevocationCause.KEY_DISABLED);
    }

    public static Event.KeyRevoked revoked(int day, String tenant, String key, RevocationCause cause) {
        return new Event.KeyRevoked(
                new TenantId(tenant), stamp(day, "revoked", tenant, key), key(key), Optional.empty(), cause);
    }

    public static Event.KeyRestored restored(int day, String tenant, String key) {
        return new Event.KeyRestored(
                new TenantId(tenant),
                stamp(day, "restored", tenant, key),
                key(key),
                Optional.empty(),
                Optional.empty());
    }

    /// Expires a month later.
    public static Event.KeyExpiring expiring(int day, String tenant, String key, String version) {
        return new Event.KeyExpiring(
                new TenantId(tenant),
                stamp(day, "expiring", tenant, key),
                key(key),
                new KeyVersion(version),
                day(day + 30));
    }

    public static Event.TenantLimitChanged limit(int day, String tenant, int limit) {
        return new Event.TenantLimitChanged(new TenantId(tenant), stamp(day, "limit", tenant, ""), limit);
    }

    public static FlowInventory flowsFrom(int day) {
        return new FlowInventory(3, Optional.of(day(day)), Optional.of(day(day)));
    }

    public static KeyId key(String name) {
        return new KeyId("https://vault.example", name);
    }

    private static Stamp stamp(int day, String what, String tenant, String about) {
        return new Stamp(day(day), new EventId(what + "-" + day + "-" + tenant + "-" + about));
    }

    /// DATAVERSE, in one part, is wholly under version v1 of the key.
    public static Event.EnforcementReported reported(int day, String tenant, String environment, String key) {
        return reported(day, tenant, environment, Component.DATAVERSE, "", key);
    }

    /// A part of a component is wholly under version v1 of the key. The owner knows these parts besides.
    public static Event.EnforcementReported reported(
            int day, String tenant, String environment, Component component, String part, String key, String... parts) {
        EnforcementReport report = new EnforcementReport(
                EnforcementReport.Phase.SUCCEEDED,
                List.of(new EnforcementReport.Items(
                        Optional.of(new KeyReference(key(key), Optional.of(new KeyVersion("v1")))), 3)),
                true,
                0,
                List.of());
        return new Event.EnforcementReported(
                new TenantId(tenant),
                stamp(day, "reported-" + component + part, tenant, environment),
                new EnvironmentId(environment),
                component,
                new PartName(part),
                report,
                Stream.of(parts).map(PartName::new).toList());
    }
}
