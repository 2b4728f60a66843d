package io.keyward.domain.decision;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// The environments that one cause still has to reach.
///
/// A sweep can be interrupted anywhere and resumed: deciding an environment twice publishes nothing twice.
public sealed interface Sweep {
    /// Every environment of the tenant that uses the key, after the one named, in order of their ids (R16, R20).
    record OfKey(TenantId tenantId, KeyId key, Optional<EnvironmentId> after) implements Sweep {}

    /// The tenant's waiting environments, while slots are free (R12).
    record OfQueue(TenantId tenantId) implements Sweep {}

    /// The tenant's environments that have something due by that time, after the one named, in order of what is due
    /// (R25).
    record OfDeadlines(TenantId tenantId, Instant dueAt, Optional<Deadline> after) implements Sweep {}

    /// When an environment must be decided again if no other event comes.
    record Deadline(Instant dueAt, EnvironmentId environmentId) {}

    /// Every environment, after the one named: the rules or their profile have changed.
    record OfEverything(Optional<Address> after) implements Sweep {}

    /// An environment and its tenant.
    record Address(TenantId tenantId, EnvironmentId environmentId) {}
}
