package io.keyward.domain.event;

import io.keyward.domain.id.Counts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A fact stated by an upstream service: one of eleven kinds, valid by construction. An event never triggers an
/// action by itself; it sets registers (docs/domain.md, "Facts").
public sealed interface Event {
    /// The tenant that the fact is about.
    TenantId tenantId();

    /// When it occurred, and its event id.
    Stamp stamp();

    /// When it occurred, by its producer's clock.
    default Instant occurredAt() {
        return stamp().occurredAt();
    }

    /// The name of its schema, used in causes and metrics.
    default String type() {
        return getClass().getSimpleName();
    }

    /// The eleven kinds of event.
    static List<Class<? extends Event>> kinds() {
        return kinds(Event.class).toList();
    }

    private static Stream<Class<? extends Event>> kinds(Class<? extends Event> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses())
                        .flatMap(narrower -> kinds(narrower.asSubclass(Event.class)))
                : Stream.of(kind);
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

    /// An enterprise policy was applied to an environment. Its key reference pins a version or follows rotation.
    record PolicyApplied(
            TenantId tenantId, Stamp stamp, EnvironmentId environmentId, PolicyId policyId, KeyReference key)
            implements OfEnvironment {}

    /// The named policy was removed from an environment. If another policy is in force, the removal has no effect.
    record PolicyRemoved(TenantId tenantId, Stamp stamp, EnvironmentId environmentId, PolicyId policyId)
            implements OfEnvironment {}

    /// The complete state of the environment at that time; `runtimeEnabled` says whether its runtime was on.
    record EnvironmentChanged(
            TenantId tenantId, Stamp stamp, EnvironmentId environmentId, Snapshot snapshot, boolean runtimeEnabled)
            implements OfEnvironment {}

    /// The owner of a part of a component reports how its items are encrypted (R28). `parts` are all parts of the
    /// component that the owner knows.
    ///
    /// A `RefusedException` with `INVALID_FIELD` is thrown for more than 64 parts.
    record EnforcementReported(
            TenantId tenantId,
            Stamp stamp,
            EnvironmentId environmentId,
            Component component,
            PartName part,
            EnforcementReport report,
            List<PartName> parts)
            implements OfEnvironment {
        public EnforcementReported {
            Counts.requireAtMost("parts", parts.size(), EnforcementReport.MAX_ENTRIES, "entries");
            parts = parts.stream().distinct().sorted().toList();
        }
    }

    /// The key has a new current version. The previous one was current until then.
    record KeyRotated(
            TenantId tenantId,
            Stamp stamp,
            KeyId key,
            KeyVersion newVersion,
            Optional<KeyVersion> previousVersion,
            Optional<Instant> expiresAt)
            implements OfKey {}

    /// The key, or one version of it, can no longer be used.
    record KeyRevoked(TenantId tenantId, Stamp stamp, KeyId key, Optional<KeyVersion> version, RevocationCause cause)
            implements OfKey {}

    /// Earlier revocations have ended: those of its version and its cause, if it names them.
    record KeyRestored(
            TenantId tenantId, Stamp stamp, KeyId key, Optional<KeyVersion> version, Optional<RevocationCause> cause)
            implements OfKey {}

    /// A version of the key will expire at the time given.
    record KeyExpiring(TenantId tenantId, Stamp stamp, KeyId key, KeyVersion version, Instant expiresAt)
            implements OfKey {}

    /// The tenant may have this many environments enabled.
    ///
    /// A `RefusedException` with `INVALID_FIELD` is thrown for a negative limit; 0 is a limit (R10).
    record TenantLimitChanged(TenantId tenantId, Stamp stamp, int environmentLimit) implements Event {
        public TenantLimitChanged {
            Counts.requireNotNegative("environmentLimit", environmentLimit);
        }
    }

    /// The tenant has to be erased. This is not a fact: it voids all facts of the tenant that were read before it,
    /// regardless of when they occurred. Facts that are read after it start from nothing.
    record TenantErased(TenantId tenantId, Stamp stamp) implements Event {}

    /// Time has reached a moment at which a timer of the tenant is due (R25). Only the processor itself publishes
    /// this event, so its event id follows from the time.
    record TimeReached(TenantId tenantId, Instant dueAt) implements Event {
        /// Parses the event from these fields.
        ///
        /// @throws RefusedException `INVALID_FIELD` if it occurred at another time than `dueAt`, or has
        ///     another id
        public static TimeReached parse(TenantId tenantId, Instant occurredAt, String eventId, Instant dueAt) {
            TimeReached event = new TimeReached(tenantId, dueAt);
            requireEqual("occurredAt", occurredAt, dueAt);
            requireEqual("eventId", eventId, event.stamp().eventId().value());
            return event;
        }

        private static void requireEqual(String field, Object stated, Object expected) {
            if (!stated.equals(expected)) {
                throw RefusedException.invalidField(
                        field + " is " + stated + "; expected " + expected + ", as dueAt says.");
            }
        }

        @Override
        public Stamp stamp() {
            return new Stamp(dueAt, new EventId("time/" + dueAt));
        }
    }
}
