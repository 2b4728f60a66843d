package io.keyward.domain.fact;

import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import java.time.Instant;
import java.util.Optional;

/// What is kept of an event in a set of facts.
public sealed interface Fact {
    /// When it occurred, and which event stated it.
    Stamp stamp();

    /// When it occurred.
    default Instant at() {
        return stamp().occurredAt();
    }

    /// What says which policy is in force.
    sealed interface OfPolicy extends Fact {}

    /// A policy was applied: which, and with which key, pinned or not.
    record Application(Stamp stamp, PolicyId policyId, KeyReference key) implements OfPolicy {}

    /// A policy was removed.
    record Removal(Stamp stamp, PolicyId policyId) implements OfPolicy {}

    /// A key got a new version.
    record Rotation(Stamp stamp, KeyVersion newVersion, Optional<KeyVersion> previousVersion) implements Fact {
        /// The version that it says it replaced; one that names its own version tells none.
        Optional<KeyVersion> supersededVersion() {
            return previousVersion.filter(previous -> !previous.equals(newVersion));
        }
    }

    /// A key, or one version of it, became unusable.
    record Revocation(Stamp stamp, Optional<KeyVersion> version, RevocationCause cause) implements Fact {
        private static final EventId FORGOTTEN = new EventId("let-go");

        /// Stands for the revocations that a bounded set has let go, the newest of which is of that time: one of the
        /// whole key, for a cause not known any more (section 4).
        static Revocation ofForgotten(Instant newest) {
            return new Revocation(new Stamp(newest, FORGOTTEN), Optional.empty(), RevocationCause.UNKNOWN);
        }

        /// Whether it stands for revocations that have been let go.
        boolean isOfForgotten() {
            return stamp.eventId().equals(FORGOTTEN);
        }

        /// Whether the data can still be unwrapped: true of an expired key alone (R23).
        public boolean stillUnwraps() {
            return cause == RevocationCause.KEY_EXPIRED;
        }
    }

    /// A key, or one version of it, is usable again as far as that cause goes.
    record Restoration(Stamp stamp, Optional<KeyVersion> version, Optional<RevocationCause> cause) implements Fact {
        /// Whether it closes that revocation: strictly later, and of its cause and version where it names them
        /// (R21; docs/domain.md, "Ties"). What was let go takes one that names neither.
        public boolean closes(Revocation revocation) {
            return at().isAfter(revocation.at())
                    && (cause.isEmpty() || (cause.get() == revocation.cause() && !revocation.isOfForgotten()))
                    && (version.isEmpty() || version.equals(revocation.version()));
        }
    }

    /// The announced expiry of one version of a key.
    record Expiry(Stamp stamp, KeyVersion version, Instant expiresAt) implements Fact {}
}
