package io.keyward.domain;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Short ways to write events: of tenant `contoso` and environment `e1` unless stated otherwise, with times
/// in days.
public final class Facts {
    public static final TenantId CONTOSO = new TenantId("contoso");
    public static final EnvironmentId E1 = new EnvironmentId("e1");

    private static final Instant DAY_ZERO = Instant.parse("2026-01-01T00:00:00Z");

    private Facts() {}

    public static Instant day(int day) {
        return DAY_ZERO.plus(Duration.ofDays(day));
    }

    static Instant justBefore(Instant moment) {
        return moment.minusMillis(1);
    }

    public static Instant justAfter(Instant moment) {
        return moment.plusMillis(1);
    }

    public static KeyId key(String name) {
        return new KeyId("https://contoso.vault.azure.net", name);
    }

    public static KeyVersion version(String version) {
        return new KeyVersion(version);
    }

    public static KeyReference unpinned(String keyName) {
        return new KeyReference(key(keyName), Optional.empty());
    }

    public static KeyReference pinned(String keyName, String version) {
        return new KeyReference(key(keyName), Optional.of(version(version)));
    }

    static EnvironmentId environment(String id) {
        return new EnvironmentId(id);
    }

    public static Event.PolicyApplied applied(Instant at, String policy, String keyName) {
        return applied(at, policy, unpinned(keyName));
    }

    public static Event.PolicyApplied applied(Instant at, String policy, KeyReference key) {
        return new Event.PolicyApplied(CONTOSO, stamp(at, "applied-" + policy), E1, new PolicyId(policy), key);
    }

    public static Event.PolicyRemoved removed(Instant at, String policy) {
        return new Event.PolicyRemoved(CONTOSO, stamp(at, "removed-" + policy), E1, new PolicyId(policy));
    }

    public static Event.EnvironmentChanged snapshot(Instant at, Inventory inventory) {
        return new Event.EnvironmentChanged(
                CONTOSO, stamp(at, "snapshot"), E1, inventory.snapshot(), inventory.runtimeEnabled());
    }

    public static Event.EnvironmentChanged purged(Instant at) {
        return snapshot(at, Inventory.production().lifecycle(Lifecycle.PURGED));
    }

    public static Event.EnvironmentChanged reset(Instant at) {
        return snapshot(at, Inventory.production().lifecycle(Lifecycle.RESET));
    }

    public static Event.EnvironmentChanged deleted(Instant at) {
        return snapshot(at, Inventory.production().lifecycle(Lifecycle.DELETED));
    }

    public static Event.KeyRotated rotated(Instant at, String keyName, String newVersion) {
        return rotated(at, keyName, newVersion, Optional.empty(), Optional.empty());
    }

    public static Event.KeyRotated rotated(Instant at, String keyName, String previousVersion, String newVersion) {
        return rotated(at, keyName, newVersion, Optional.of(version(previousVersion)), Optional.empty());
    }

    public static Event.KeyRevoked revoked(Instant at, KeyReference key, RevocationCause cause) {
        return new Event.KeyRevoked(CONTOSO, stamp(at, "revoked-" + cause), key.key(), key.version(), cause);
    }

    /// The whole key, for a cause of no further meaning.
    public static Event.KeyRevoked revoked(Instant at, String keyName) {
        return revoked(at, unpinned(keyName), RevocationCause.KEY_DISABLED);
    }

    /// One version, for a cause of no further meaning.
    public static Event.KeyRevoked revoked(Instant at, String keyName, String version) {
        return revoked(at, pinned(keyName, version), RevocationCause.KEY_DISABLED);
    }

    public static Event.KeyRestored restored(Instant at, KeyReference key, RevocationCause cause) {
        return new Event.KeyRestored(
                CONTOSO, stamp(at, "restored-" + cause), key.key(), key.version(), Optional.of(cause));
    }

    /// The key, or the version it names, of every cause.
    public static Event.KeyRestored restored(Instant at, KeyReference key) {
        return new Event.KeyRestored(CONTOSO, stamp(at, "restored"), key.key(), key.version(), Optional.empty());
    }

    /// The whole key and every version, of every cause.
    public static Event.KeyRestored restored(Instant at, String keyName) {
        return restored(at, unpinned(keyName));
    }

    public static Event.KeyExpiring expiring(Instant at, String keyName, String version, Instant expiresAt) {
        return new Event.KeyExpiring(
                CONTOSO, stamp(at, "expiring-" + version), key(keyName), version(version), expiresAt);
    }

    public static Event.EnforcementReported reported(Instant at, Report report) {
        return report.at(at);
    }

    private static Event.KeyRotated rotated(
            Instant at, String keyName, String newVersion, Optional<KeyVersion> previous, Optional<Instant> expiresAt) {
        return new Event.KeyRotated(
                CONTOSO, stamp(at, "rotated-" + newVersion), key(keyName), version(newVersion), previous, expiresAt);
    }

    /// A rotation that states when the new version expires.
    public static Event.KeyRotated rotatedUntil(Instant at, String keyName, String newVersion, Instant expiresAt) {
        return rotated(at, keyName, newVersion, Optional.empty(), Optional.of(expiresAt));
    }

    public static Event.TimeReached reached(Instant dueAt) {
        return new Event.TimeReached(CONTOSO, dueAt);
    }

    public static Event.TenantLimitChanged limit(Instant at, int limit) {
        return new Event.TenantLimitChanged(CONTOSO, stamp(at, "limit"), limit);
    }

    public static Stamp stamp(Instant at, String eventId) {
        return new Stamp(at, new EventId(eventId));
    }

    /// The same event about another environment.
    public static Event in(String environment, Event.OfEnvironment event) {
        EnvironmentId id = environment(environment);
        return switch (event) {
            case Event.PolicyApplied e -> new Event.PolicyApplied(e.tenantId(), e.stamp(), id, e.policyId(), e.key());
            case Event.PolicyRemoved e -> new Event.PolicyRemoved(e.tenantId(), e.stamp(), id, e.policyId());
            case Event.EnvironmentChanged e ->
                new Event.EnvironmentChanged(e.tenantId(), e.stamp(), id, e.snapshot(), e.runtimeEnabled());
            case Event.EnforcementReported e ->
                new Event.EnforcementReported(
                        e.tenantId(), e.stamp(), id, e.component(), e.part(), e.report(), e.parts());
        };
    }

    /// The same event under another event id.
    public static Event as(String eventId, Event event) {
        return restamped(event.tenantId(), stamp(event.occurredAt(), eventId), event);
    }

    /// The same event of another tenant.
    public static Event ofTenant(String tenant, Event event) {
        return restamped(new TenantId(tenant), event.stamp(), event);
    }

    /// The same event so much later.
    public static Event later(Duration by, Event event) {
        Stamp stamp = new Stamp(event.occurredAt().plus(by), event.stamp().eventId());
        return restamped(event.tenantId(), stamp, event);
    }

    private static Event restamped(TenantId tenant, Stamp stamp, Event event) {
        return switch (event) {
            case Event.PolicyApplied e ->
                new Event.PolicyApplied(tenant, stamp, e.environmentId(), e.policyId(), e.key());
            case Event.PolicyRemoved e -> new Event.PolicyRemoved(tenant, stamp, e.environmentId(), e.policyId());
            case Event.EnvironmentChanged e ->
                new Event.EnvironmentChanged(tenant, stamp, e.environmentId(), e.snapshot(), e.runtimeEnabled());
            case Event.KeyRotated e ->
                new Event.KeyRotated(tenant, stamp, e.key(), e.newVersion(), e.previousVersion(), e.expiresAt());
            case Event.KeyRevoked e -> new Event.KeyRevoked(tenant, stamp, e.key(), e.version(), e.cause());
            case Event.KeyRestored e -> new Event.KeyRestored(tenant, stamp, e.key(), e.version(), e.cause());
            case Event.KeyExpiring e -> new Event.KeyExpiring(tenant, stamp, e.key(), e.version(), e.expiresAt());
            case Event.TenantLimitChanged e -> new Event.TenantLimitChanged(tenant, stamp, e.environmentLimit());
            case Event.EnforcementReported e ->
                new Event.EnforcementReported(
                        tenant, stamp, e.environmentId(), e.component(), e.part(), e.report(), e.parts());
            case Event.TenantErased _ -> new Event.TenantErased(tenant, stamp);
            case Event.TimeReached e -> new Event.TimeReached(tenant, e.dueAt());
        };
    }
}
