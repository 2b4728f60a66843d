package io.keyward.bench.workload;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;

/// The events for every subject, in order of time. The same [WorkloadSize] gives the same events.
///
/// Of 100 events, 55 describe an environment (half of them without a change), 28 apply a policy, 4 remove one,
/// 8 rotate a key, 3 revoke or restore one, 2 announce an expiry or a limit. Environments are drawn with equal
/// probability, and keys by tenant, so events rarely hit keys of many environments. The last few events are of
/// all kinds and of several tenants in turn, so that all partitions end at about the same time. Otherwise a
/// consumer that reads in order would wait for a partition without records.
public final class Workload {
    private static final RevocationCause[] CAUSES = {
        RevocationCause.KEY_DISABLED, RevocationCause.ACCESS_REMOVED, RevocationCause.NETWORK_BLOCKED
    };

    private static final int KINDS = 8;

    /// The number of closing events. With this many, almost certainly each of a few partitions gets some of
    /// them.
    private static final int CLOSING = KINDS * 32;

    private final WorkloadSize workloadSize;
    private final WorkloadIds names;
    private final Snapshots inventory;
    private final WorkloadKeys keys;
    private final SplittableRandom random;
    private final short[] editions;
    private final byte[] policies;
    private final BitSet decidable = new BitSet();
    private final BitSet purged = new BitSet();
    private int next;

    public Workload(WorkloadSize workloadSize) {
        this.workloadSize = workloadSize;
        names = new WorkloadIds(workloadSize.seed());
        inventory = new Snapshots(workloadSize.seed(), names);
        keys = new WorkloadKeys(workloadSize);
        random = new SplittableRandom(workloadSize.seed());
        editions = new short[workloadSize.environments()];
        policies = new byte[workloadSize.environments()];
    }

    public boolean hasNext() {
        return next < workloadSize.events();
    }

    /// The next event. The limits of the large tenants come first.
    public Event next() {
        int number = next++;
        if (number < workloadSize.largeTenants()) {
            return limit(number, number, workloadSize.inALargeTenant());
        }
        int left = workloadSize.events() - next;
        return left < CLOSING ? closing(number, left) : drawn(number);
    }

    private Event drawn(int number) {
        int percent = random.nextInt(100);
        if (percent < 55) {
            return snapshot(number, random.nextInt(workloadSize.environments()));
        } else if (percent < 83) {
            return applied(number, random.nextInt(workloadSize.environments()));
        } else if (percent < 87) {
            return removed(number, random.nextInt(workloadSize.environments()));
        } else if (percent < 95) {
            return rotated(number, random.nextInt(workloadSize.tenants()));
        } else if (percent < 98) {
            return revokedOrRestored(number, random.nextInt(workloadSize.tenants()));
        }
        return expiringOrLimit(number, random.nextInt(workloadSize.tenants()));
    }

    private Event closing(int number, int left) {
        int environment = workloadSize.environments() - 1 - (left / KINDS * 9) % workloadSize.environments();
        int tenant = workloadSize.tenantOf(environment);
        return switch (left % KINDS) {
            case 0 -> snapshot(number, environment);
            case 1 -> applied(number, environment);
            case 2 -> removed(number, environment);
            case 3 -> rotated(number, tenant);
            case 4 -> revoked(number, tenant, 0);
            case 5 -> restored(number, tenant, 0);
            case 6 -> expiring(number, tenant);
            default -> limit(number, tenant, Math.max(25, workloadSize.inALargeTenant()));
        };
    }

    /// The number of environments that every subject must have decided after all events so far, in any order:
    /// those with a snapshot or an application that no purge can have made void.
    public int environmentsToDecide() {
        BitSet sure = (BitSet) decidable.clone();
        sure.andNot(purged);
        return sure.cardinality();
    }

    private Event snapshot(int number, int environment) {
        Lifecycle lifecycle = Lifecycle.ACTIVE;
        if (random.nextBoolean()) {
            editions[environment]++;
            lifecycle = lifecycle();
        }
        (lifecycle == Lifecycle.PURGED ? purged : decidable).set(environment);
        return new Event.EnvironmentChanged(
                names.tenant(workloadSize.tenantOf(environment)),
                stamp(number),
                names.environment(environment),
                inventory.of(environment, editions[environment], lifecycle),
                /* runtimeEnabled= */ true);
    }

    private Lifecycle lifecycle() {
        int permille = random.nextInt(1_000);
        if (permille < 10) {
            return Lifecycle.DELETED;
        }
        return permille < 13 ? Lifecycle.RESET : permille < 16 ? Lifecycle.PURGED : Lifecycle.ACTIVE;
    }

    private Event applied(int number, int environment) {
        int tenant = workloadSize.tenantOf(environment);
        int key = random.nextInt(10) == 0 ? random.nextInt(keys.of(tenant)) : keys.usualOf(environment);
        int policy = random.nextInt(3);
        policies[environment] = (byte) policy;
        decidable.set(environment);
        boolean pinned = random.nextInt(10) == 0;
        Optional<KeyVersion> version = pinned ? Optional.of(newest(tenant, key)) : Optional.empty();
        return new Event.PolicyApplied(
                names.tenant(tenant),
                stamp(number),
                names.environment(environment),
                names.policy(tenant, policy),
                new KeyReference(names.key(tenant, key), version));
    }

    private Event removed(int number, int environment) {
        int tenant = workloadSize.tenantOf(environment);
        boolean another = random.nextInt(5) == 0;
        return new Event.PolicyRemoved(
                names.tenant(tenant),
                stamp(number),
                names.environment(environment),
                names.policy(tenant, (policies[environment] + (another ? 1 : 0)) % 3));
    }

    private Event rotated(int number, int tenant) {
        int key = random.nextInt(keys.of(tenant));
        KeyVersion before = newest(tenant, key);
        keys.rotate(tenant, key);
        return new Event.KeyRotated(
                names.tenant(tenant),
                stamp(number),
                names.key(tenant, key),
                newest(tenant, key),
                Optional.of(before),
                Optional.empty());
    }

    private Event revokedOrRestored(int number, int tenant) {
        int key = random.nextInt(keys.of(tenant));
        return keys.turn(tenant, key) ? revoked(number, tenant, key) : restored(number, tenant, key);
    }

    private Event revoked(int number, int tenant, int key) {
        RevocationCause cause = CAUSES[random.nextInt(CAUSES.length)];
        return new Event.KeyRevoked(
                names.tenant(tenant), stamp(number), names.key(tenant, key), Optional.empty(), cause);
    }

    private Event restored(int number, int tenant, int key) {
        return new Event.KeyRestored(
                names.tenant(tenant), stamp(number), names.key(tenant, key), Optional.empty(), Optional.empty());
    }

    private Event expiringOrLimit(int number, int tenant) {
        if (tenant >= workloadSize.largeTenants() && random.nextInt(4) == 0) {
            return limit(number, tenant, 25 + random.nextInt(25));
        }
        return expiring(number, tenant);
    }

    private Event expiring(int number, int tenant) {
        int key = random.nextInt(keys.of(tenant));
        return new Event.KeyExpiring(
                names.tenant(tenant),
                stamp(number),
                names.key(tenant, key),
                newest(tenant, key),
                workloadSize.timeOf(number).plusSeconds(86_400L * random.nextInt(5, 60)));
    }

    private Event limit(int number, int tenant, int limit) {
        return new Event.TenantLimitChanged(names.tenant(tenant), stamp(number), limit);
    }

    private KeyVersion newest(int tenant, int key) {
        return names.version(tenant, key, keys.versionOf(tenant, key));
    }

    private Stamp stamp(int number) {
        return new Stamp(workloadSize.timeOf(number), names.event(number));
    }
}
