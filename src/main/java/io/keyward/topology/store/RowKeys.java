package io.keyward.topology.store;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// What the keys of stored rows say, for those who read the changelogs of the stores.
public final class RowKeys {
    private RowKeys() {}

    /// The tenant whose row it is. Empty for a row about a whole partition: the same row key then stands in every
    /// partition, for something else.
    ///
    /// @param store a name in [Nodes]
    /// @throws IllegalArgumentException if this release knows no such row
    public static Optional<TenantId> tenant(String store, Bytes key) {
        return switch (store) {
            case Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.KEY_USAGE, Nodes.ENFORCEMENT ->
                Optional.of(StoreKeys.firstPartAsTenant(key));
            case Nodes.TENANTS -> tenantOfKind(store, key);
            case Nodes.DEADLINES -> tenantOfDeadline(key);
            default -> throw unknown(store, key);
        };
    }

    private static Optional<TenantId> tenantOfKind(String store, Bytes key) {
        return switch ((char) key.get()[0]) {
            case TenantStore.STATE, TenantStore.QUEUE, TenantStore.SPARED -> Optional.of(StoreKeys.tenantOfKind(key));
            case PendingSweepStore.SWEEP ->
                StoreKeys.isForNoTenant(key) ? Optional.empty() : Optional.of(StoreKeys.tenantOfKind(key));
            case PendingSweepStore.RULES -> Optional.empty();
            default -> throw unknown(store, key);
        };
    }

    private static Optional<TenantId> tenantOfDeadline(Bytes key) {
        return switch ((char) key.get()[0]) {
            case DeadlineStore.BY_TIME -> Optional.of(StoreKeys.timeTenant(key));
            case DeadlineStore.FILLED -> Optional.empty();
            default -> throw unknown(Nodes.DEADLINES, key);
        };
    }

    /// The environment of a row of the store `environments`.
    public static EnvironmentId environment(Bytes key) {
        return StoreKeys.lastPartAsEnvironment(key);
    }

    /// The key of a row of the store `keys`.
    public static KeyId key(Bytes key) {
        return StoreKeys.nextPartsAsKey(key);
    }

    /// What a row of the store `enforcement` holds.
    ///
    /// @throws IllegalArgumentException if this release knows no such component
    public static ReportRow report(Bytes key) {
        return StoreKeys.reportRow(key);
    }

    /// The environment of a row of the store `enforcement`.
    public static EnvironmentId environmentOfReport(Bytes key) {
        return StoreKeys.secondPartAsEnvironment(key);
    }

    /// Whether a row of the store `tenants` holds a tenant's state.
    public static boolean isTenantState(Bytes key) {
        return key.get()[0] == TenantStore.STATE;
    }

    /// Whether a row of the store `tenants` holds an unfinished sweep.
    public static boolean isSweep(Bytes key) {
        return PendingSweepStore.isSweep(key);
    }

    /// Where the rules that last decided a partition stand in its part of the store `tenants`: a text in UTF-8.
    public static Bytes rules() {
        return StoreKeys.forKind(PendingSweepStore.RULES);
    }

    /// Where a tenant's state stands in the store `tenants`.
    public static Bytes tenantState(TenantId tenant) {
        return StoreKeys.forKind(TenantStore.STATE, tenant);
    }

    /// Where the facts of an environment stand in the store `environments`.
    public static Bytes environment(TenantId tenant, EnvironmentId environment) {
        return StoreKeys.forEnvironment(tenant, environment);
    }

    /// The environment of a row. Empty for a row about a tenant, a key, or a whole partition.
    ///
    /// @param store a name in [Nodes]
    /// @throws RuntimeException if the key is cut off, or has something else where an environment must be
    public static Optional<EnvironmentId> environment(String store, Bytes key) {
        return switch (store) {
            case Nodes.ENVIRONMENTS, Nodes.KEY_USAGE -> Optional.of(StoreKeys.lastPartAsEnvironment(key));
            case Nodes.ENFORCEMENT -> Optional.of(environmentOfReport(key));
            case Nodes.TENANTS -> isQueue(key) ? Optional.of(afterTenantAndTime(key)) : Optional.empty();
            case Nodes.DEADLINES ->
                key.equals(filled()) ? Optional.empty() : Optional.of(StoreKeys.lastPartAsEnvironment(key));
            default -> Optional.empty();
        };
    }

    private static EnvironmentId afterTenantAndTime(Bytes key) {
        return StoreKeys.queuedEnvironment(StoreKeys.forKind((char) key.get()[0], StoreKeys.tenantOfKind(key)), key);
    }

    /// Whether a row of the store `tenants` is a place in a tenant's queue.
    public static boolean isQueue(Bytes key) {
        return key.get()[0] == TenantStore.QUEUE;
    }

    /// Where the facts of a key stand in the store `keys`.
    public static Bytes key(TenantId tenant, KeyId key) {
        return StoreKeys.forKey(tenant, key);
    }

    /// Where the store `key-usage` says that an environment uses a key.
    public static Bytes usage(TenantId tenant, KeyId key, EnvironmentId environment) {
        return StoreKeys.forUsage(tenant, key, environment);
    }

    /// Where an environment that waits stands in the store `tenants`.
    public static Bytes queue(TenantId tenant, Instant place, EnvironmentId environment) {
        return StoreKeys.forQueue(TenantStore.QUEUE, tenant, place, environment);
    }

    /// Where a timer stands in the store `deadlines`.
    public static Bytes deadline(TenantId tenant, Instant at, EnvironmentId environment) {
        return StoreKeys.forTime(DeadlineStore.BY_TIME, at, tenant, environment);
    }

    /// The row of the store `deadlines` that says that it holds the timers of all environments.
    public static Bytes filled() {
        return StoreKeys.forKind(DeadlineStore.FILLED);
    }

    private static IllegalArgumentException unknown(String store, Bytes key) {
        return new IllegalArgumentException(
                "This release knows no row '" + key + "' in a store named '" + store + "'.");
    }
}
