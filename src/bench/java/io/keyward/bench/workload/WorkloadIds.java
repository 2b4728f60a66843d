package io.keyward.bench.workload;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.GroupId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.util.UUID;

/// The identifiers of a workload. They have the length of the platform's UUIDs and are as hard to compress.
final class WorkloadIds {
    private static final long TENANT = 1;
    private static final long ENVIRONMENT = 2;
    private static final long EVENT = 3;
    private static final long POLICY = 4;
    private static final long GROUP = 5;

    private final long seed;

    WorkloadIds(long seed) {
        this.seed = seed;
    }

    TenantId tenant(int tenant) {
        return new TenantId(uuid(TENANT, tenant));
    }

    EnvironmentId environment(int environment) {
        return new EnvironmentId(uuid(ENVIRONMENT, environment));
    }

    EventId event(int event) {
        return new EventId(uuid(EVENT, event));
    }

    /// @param number the number of the policy within the tenant
    PolicyId policy(int tenant, int number) {
        return new PolicyId(uuid(POLICY, tenant * 16L + number));
    }

    GroupId group(int environment, int number) {
        return new GroupId(uuid(GROUP, environment * 16L + number));
    }

    KeyId key(int tenant, int number) {
        return new KeyId("https://kv-customer-%06d.vault.azure.net".formatted(tenant), "cmk-" + number);
    }

    KeyVersion version(int tenant, int key, int number) {
        return new KeyVersion(
                "%016x%016x".formatted(SeededNumbers.mix(seed + tenant * 31L + key), SeededNumbers.mix(number)));
    }

    private String uuid(long kind, long number) {
        return new UUID(SeededNumbers.mix(seed ^ (kind << 56) ^ number), SeededNumbers.mix(number * 8 + kind))
                .toString();
    }
}
