package io.keyward.bench.workload;

import java.util.BitSet;

/// The keys of every tenant at the current point of the workload: their latest versions and which are revoked.
final class WorkloadKeys {
    /// The number of environments of a large tenant that share a key.
    private static final int USERS = 1_000;

    private static final int MOST_PER_TENANT = 16;

    private final WorkloadSize workloadSize;
    private final short[] versions;
    private final BitSet revoked = new BitSet();

    WorkloadKeys(WorkloadSize workloadSize) {
        this.workloadSize = workloadSize;
        versions = new short[workloadSize.tenants() * MOST_PER_TENANT];
    }

    /// The number of the tenant's keys.
    int of(int tenant) {
        return tenant < workloadSize.largeTenants()
                ? Math.ceilDiv(workloadSize.inALargeTenant(), USERS)
                : 1 + SeededNumbers.of(workloadSize.seed(), tenant, 2);
    }

    /// The key that most of the environment's policies name.
    int usualOf(int environment) {
        return environment % of(workloadSize.tenantOf(environment));
    }

    int versionOf(int tenant, int key) {
        return versions[index(tenant, key)];
    }

    void rotate(int tenant, int key) {
        versions[index(tenant, key)]++;
    }

    /// Revokes a usable key or restores a revoked one. Returns whether it is revoked now.
    boolean turn(int tenant, int key) {
        int index = index(tenant, key);
        revoked.flip(index);
        return revoked.get(index);
    }

    private static int index(int tenant, int key) {
        return tenant * MOST_PER_TENANT + key;
    }
}
