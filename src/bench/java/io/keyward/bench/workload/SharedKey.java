package io.keyward.bench.workload;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One tenant whose environments all use the same key, and rotations of that key. Each rotation causes one
/// decision for each environment.
public final class SharedKey {
    private static final int TENANT = 0;

    /// Rotations are so far apart that superseded versions no longer need to be retained.
    private static final Instant BEGIN = WorkloadSize.START;

    private static final Duration BETWEEN_ROTATIONS = Duration.ofDays(30);

    private final int environments;
    private final WorkloadIds names;
    private final Snapshots inventory;
    private final TenantId tenant;
    private final KeyId key;
    private int events;
    private Instant time = BEGIN;

    public SharedKey(long seed, int environments) {
        this.environments = environments;
        names = new WorkloadIds(seed);
        inventory = new Snapshots(seed, names);
        tenant = names.tenant(TENANT);
        key = names.key(TENANT, 0);
    }

    /// The tenant limit, and a snapshot and a policy for each environment.
    public Stream<Event> setting() {
        Event limit = new Event.TenantLimitChanged(tenant, stamp(), environments);
        Stream<Event> each = IntStream.range(0, environments)
                .boxed()
                .flatMap(environment -> Stream.of(snapshot(environment), applied(environment)));
        return Stream.concat(Stream.of(limit), each);
    }

    /// The number of events so far.
    public int events() {
        return events;
    }

    public Event rotation() {
        time = time.plus(BETWEEN_ROTATIONS);
        Stamp stamp = stamp();
        KeyVersion version = names.version(TENANT, 0, events);
        return new Event.KeyRotated(tenant, stamp, key, version, Optional.empty(), Optional.empty());
    }

    private Event snapshot(int environment) {
        return new Event.EnvironmentChanged(
                tenant,
                stamp(),
                names.environment(environment),
                eligible(inventory.of(environment, 0, Lifecycle.ACTIVE)),
                /* runtimeEnabled= */ true);
    }

    /// Returns an eligible snapshot. An ineligible environment is not under the key and would not be decided
    /// again.
    private static Snapshot eligible(Snapshot any) {
        return new Snapshot(
                EnvironmentType.PRODUCTION,
                /* managed= */ true,
                any.lifecycle(),
                any.cloudFlows(),
                any.desktopFlows(),
                any.nonOAuthConnections(),
                any.hostedMachineGroups(),
                any.hostedMachines(),
                any.flowMigration(),
                Optional.empty());
    }

    private Event applied(int environment) {
        return new Event.PolicyApplied(
                tenant,
                stamp(),
                names.environment(environment),
                names.policy(TENANT, 0),
                new KeyReference(key, Optional.empty()));
    }

    private Stamp stamp() {
        time = time.plusMillis(1);
        return new Stamp(time, new EventId("event-" + ++events));
    }
}
