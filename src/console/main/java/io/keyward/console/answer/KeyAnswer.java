package io.keyward.console.answer;

import io.keyward.console.answer.DecisionInForce.OfComponent;
import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a key, and who uses it: its blast radius.
///
/// @param key its fields are written beside those of the answer
/// @param versions the versions, the newest first
/// @param revocations the newest first
/// @param restorations the newest first
/// @param users environments of the tenant that have this key among their applications, or whose latest reports
///     count items under it, by id
/// @param next the cursor for `after` of the next users; empty at the end of the list
/// @param totals over all users of the tenant, not only those listed
/// @param enforcement whether the components of those whose data is under this key are under it
/// @param otherTenants the first other tenants that use a key with this address; the facts that they have about
///     it are not included
/// @param otherTenantCount how many other tenants there are
/// @param watch the status of the key watch for it; empty if the watch is off, or has not reported for two days
public record KeyAnswer(
        String tenantId,
        KeyId key,
        List<Version> versions,
        List<Revocation> revocations,
        List<Restoration> restorations,
        List<User> users,
        Optional<String> next,
        Totals totals,
        KeyEnforcement enforcement,
        List<OtherTenant> otherTenants,
        long otherTenantCount,
        Optional<KeyWatching> watch,
        Staleness staleness)
        implements Answer {
    /// A version of the key that an event has named.
    ///
    /// @param since when it became the newest; empty if that is not known
    /// @param supersededAt when a newer version replaced it
    /// @param keepUntil until when an environment needs it although it was superseded (R9, R17, R22)
    /// @param expiresAt when it expires, as announced
    /// @param revokedBy the causes of open revocations that name this version or the whole key
    public record Version(
            String keyVersion,
            State state,
            Optional<Instant> since,
            Optional<Instant> supersededAt,
            Optional<Instant> keepUntil,
            Optional<Instant> expiresAt,
            List<RevocationCause> revokedBy) {
        public enum State {
            /// The newest version.
            CURRENT,

            /// A newer version replaced it.
            SUPERSEDED,

            /// Named by a revocation or an expiry only, not by a rotation.
            NEVER_CURRENT
        }
    }

    /// A statement that the key, or a version of it, cannot be used.
    ///
    /// @param keyVersion empty for the whole key
    /// @param eventId empty for one that stands for evicted revocations
    /// @param restoredAt when a restoration closed it; empty while it is open
    public record Revocation(
            Optional<String> keyVersion,
            RevocationCause cause,
            Instant occurredAt,
            Optional<String> eventId,
            Optional<Instant> restoredAt) {}

    /// A statement that it can be used again.
    ///
    /// @param keyVersion empty for the whole key and every version
    /// @param cause empty for every cause
    public record Restoration(
            Optional<String> keyVersion, Optional<RevocationCause> cause, Instant occurredAt, String eventId) {}

    /// An environment that uses or used the key.
    ///
    /// @param use how it uses the key
    /// @param keyVersion the version in force, if the data is under this key
    /// @param keepUntil until when it needs this key or a version of it that is no longer in force
    public record User(
            String environmentId,
            Use use,
            Optional<String> keyVersion,

            @Beside("encryptionState, policyStatus, lockedSince, expectedDeletionAt")
            Optional<Decision> decision,

            Optional<Instant> keepUntil,
            List<OfComponent<ComponentProtection>> components,
            List<String> suppressedSinks,
            List<String> openWarnings) {
        public enum Use {
            /// Its data is under this key.
            DATA,

            /// Its data is under another key or none, but this key must be kept for its backups.
            BACKUPS,

            /// A policy with this key was applied; neither its data nor known backups are under it.
            APPLIED,
            /// No known policy applied it, but a latest report counts items under this key.
            REPORTED
        }
    }

    /// Counts over all users of the tenant.
    ///
    /// @param users environments of the tenant
    /// @param uses users by how they use the key
    /// @param states users by the state of their last decision
    /// @param statesByUse users by both
    /// @param components for users whose data is under this key: components by protection
    /// @param suppressedSinks for users whose data is under this key: environments by suppressed sink
    public record Totals(
            long users,
            Map<User.Use, Long> uses,
            Map<EncryptionState, Long> states,
            Map<User.Use, Map<EncryptionState, Long>> statesByUse,
            Map<Component, Map<Protection, Long>> components,
            Map<String, Long> suppressedSinks) {}

    public record OtherTenant(String tenantId, long users) {}
}
