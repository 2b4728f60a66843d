package io.keyward.domain.fact;

import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import java.time.Instant;
import java.util.Optional;

/// The stored part of an event in a set of facts.
public sealed interface Fact {
    /// When it occurred, and the id of its event.
    Stamp stamp();

    /// When it occurred.
    default Instant at() {
        return stamp().occurredAt();
    }

    /// A fact that determines which policy is in force.
    sealed interface OfPolicy extends Fact {}

    /// A policy was applied with this key, pinned to a version or not.
    record Application(Stamp stamp, PolicyId policyId, KeyReference key) implements OfPolicy {}

    /// A policy was removed.
    record Removal(Stamp stamp, PolicyId policyId) implements OfPolicy {}

    /// An environment was reset.
    record Reset(Stamp stamp) implements Fact {}

    /// A key got a new version.
    record Rotation(Stamp stamp, KeyVersion newVersion, Optional<KeyVersion> previousVersion) implements Fact {
        /// The version that it replaced, if it names one other than its new version.
        Optional<KeyVersion> supersededVersion() {
            return previousVersion.filter(previous -> !previous.equals(newVersion));
        }
    }

    /// A key, or one version of it, became unusable.
    record Revocation(Stamp stamp, Optional<KeyVersion> version, RevocationCause cause) implements Fact {
        private static final EventId EVICTED = new EventId("let-go");

        /// Stands for revocations that a bounded set has evicted, the newest of which occurred at that time: a
        /// revocation of the whole key for an unknown cause (docs/domain.md, "What is evicted").
        static Revocation ofEvicted(Instant newest) {
            return new Revocation(new Stamp(newest, EVICTED), Optional.empty(), RevocationCause.UNKNOWN);
        }

        /// Whether it stands for evicted revocations.
        public boolean isOfEvicted() {
            return stamp.eventId().equals(EVICTED);
        }

        /// Whether data can still be unwrapped, which is the case only for an expired key (R23).
        public boolean stillUnwraps() {
            return cause == RevocationCause.KEY_EXPIRED;
        }
    }

    /// A key, or one version of it, is usable again with respect to that cause.
    record Restoration(Stamp stamp, Optional<KeyVersion> version, Optional<RevocationCause> cause) implements Fact {
        /// Whether it ends that revocation: it is strictly later, and matches its cause and its version if it
        /// names them (R21; docs/domain.md, "Ties"). Evicted revocations are ended only by a restoration that
        /// names neither.
        public boolean closes(Revocation revocation) {
            return at().isAfter(revocation.at())
                    && (cause.isEmpty() || (cause.get() == revocation.cause() && !revocation.isOfEvicted()))
                    && (version.isEmpty() || version.equals(revocation.version()));
        }
    }

    /// The expiry of one version of a key, as announced or as stated at its rotation.
    record Expiry(Stamp stamp, KeyVersion version, Instant expiresAt) implements Fact {}
}
