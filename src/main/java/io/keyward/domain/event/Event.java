package io.keyward.domain.event;

import io.keyward.domain.id.Counts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A fact stated by an upstream service: one of eight kinds, valid by construction. An event never "does"
/// something; it sets registers (docs/domain.md, "Facts").
public sealed interface Event {
    /// The tenant that the fact is about.
    TenantId tenantId();

    /// When it occurred, and its identity.
    Stamp stamp();

    /// When it occurred, by its producer's clock.
    default Instant occurredAt() {
        return stamp().occurredAt();
    }

    /// The name of its schema, as causes and metrics call it.
    default String type() {
        return getClass().getSimpleName();
    }

    /// A fact about one environment.
    sealed interface OfEnvironment extends Event {
        /// The environment that the fact is about.
        EnvironmentId environmentId();
    }

    /// A fact about one key, and so about every environment of the tenant that uses it.
    sealed interface OfKey extends Event {
        /// The key that the fact is about.
        KeyId key();
    }

    /// An enterprise policy was applied to an environment; its key reference pins a version or follows rotation.
    record PolicyApplied(
            TenantId tenantId, Stamp stamp, EnvironmentId environmentId, PolicyId policyId, KeyReference key)
            implements OfEnvironment {}

    /// The named policy was removed from an environment; naming another one than that in force changes nothing.
    record PolicyRemoved(TenantId tenantId, Stamp stamp, EnvironmentId environmentId, PolicyId policyId)
            implements OfEnvironment {}

    /// The environment as it was at that moment, whole; `runtimeEnabled` says whether its runtime was on.
    record EnvironmentChanged(
            TenantId tenantId, Stamp stamp, EnvironmentId environmentId, Snapshot snapshot, boolean runtimeEnabled)
            implements OfEnvironment {}

    /// The key has a new current version; the previous one counts as current until then.
    record KeyRotated(
            TenantId tenantId,
            Stamp stamp,
            KeyId key,
            KeyVersion newVersion,
            Optional<KeyVersion> previousVersion,
            Optional<Instant> expiresAt)
            implements OfKey {}

    /// The key, or one version of it, cannot be used any more.
    record KeyRevoked(TenantId tenantId, Stamp stamp, KeyId key, Optional<KeyVersion> version, RevocationCause cause)
            implements OfKey {}

    /// Revocations before it are over: those of its version and cause, where it names them.
    record KeyRestored(
            TenantId tenantId, Stamp stamp, KeyId key, Optional<KeyVersion> version, Optional<RevocationCause> cause)
            implements OfKey {}

    /// A version of the key will expire at the time given.
    record KeyExpiring(TenantId tenantId, Stamp stamp, KeyId key, KeyVersion version, Instant expiresAt)
            implements OfKey {}

    /// The tenant may have this many environments enabled.
    ///
    /// A `RefusedException` with `INVALID_FIELD` is thrown for a negative limit (0 is a limit, R10).
    record TenantLimitChanged(TenantId tenantId, Stamp stamp, int environmentLimit) implements Event {
        public TenantLimitChanged {
            Counts.requireNotNegative("environmentLimit", environmentLimit);
        }
    }
}
