package io.keyward.domain.decision;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// The environments that one cause still has to be applied to.
///
/// A fan-out can be interrupted anywhere and resumed: deciding an environment twice publishes nothing twice.
public sealed interface FanOut {
    /// Every environment of the tenant that uses the key, after the one named, in order of their ids (R16, R20).
    record OfKey(TenantId tenantId, KeyId key, Optional<EnvironmentId> after) implements FanOut {}

    /// The tenant's waiting environments, while slots are free (R12).
    record OfQueue(TenantId tenantId) implements FanOut {}

    /// The tenant's environments whose timers fire by that time, after the one named, in order of these (R25).
    record OfDeadlines(TenantId tenantId, Instant dueAt, Optional<Deadline> after) implements FanOut {}

    /// When the timer of an environment fires.
    record Deadline(Instant at, EnvironmentId environmentId) {}

    /// The tenant's environments that have to be erased, after the one named, in order of their ids.
    ///
    /// @param erased what has been erased so far, including the tenant's keys
    record OfErasure(TenantId tenantId, Optional<EnvironmentId> after, Erased erased) implements FanOut {}

    /// What an erasure has erased so far.
    ///
    /// @param keys the number of keys that had facts
    /// @param outputs the number of tombstones published
    record Erased(long environments, long keys, long outputs) {
        public static final Erased NOTHING = new Erased(0, 0, 0);

        public Erased plus(Erased more) {
            return new Erased(environments + more.environments, keys + more.keys, outputs + more.outputs);
        }
    }

    /// Every environment, after the one named: the rules or their profile have changed.
    record OfEverything(Optional<Address> after) implements FanOut {}

    /// An environment and its tenant.
    record Address(TenantId tenantId, EnvironmentId environmentId) {}
}
