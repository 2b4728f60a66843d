package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.Decider;
import io.keyward.domain.Lock;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A page of environments.
///
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record EnvironmentList(List<Entry> environments, Optional<String> next, Staleness staleness) implements Answer {
    /// An environment in short.
    ///
    /// @param revision 0 before the first decision
    /// @param decision empty before the first one and after a purge
    /// @param openWarnings codes with their subjects, as decisions list them
    /// @param severity the highest severity among them
    /// @param causes the revocations that lock it
    public record Entry(
            String tenantId,
            String environmentId,
            Optional<EnvironmentType> type,
            long revision,

            @Beside("encryptionState, policyStatus, policyId, key, enabledSince, lockedSince, expectedDeletionAt")
            Optional<Decision> decision,

            List<String> openWarnings,
            Optional<Severity> severity,
            List<String> suppressedSinks,
            List<Cause> causes) {
        static Entry of(EnvironmentRow row, List<Cause> causes) {
            Published published = row.state().published();
            Optional<Severity> severity = published.warnings().values().stream()
                    .flatMap(Optional::stream)
                    .map(Incident::severity)
                    .max(Comparator.naturalOrder());
            return new Entry(
                    row.tenant().value(),
                    row.environment().value(),
                    row.state().facts().snapshot().map(Register::value).map(Snapshot::type),
                    published.revision(),
                    published.decision(),
                    published.warningNames(),
                    severity,
                    published.sinkNames(),
                    causes);
        }
    }

    /// A revocation that locks an environment.
    ///
    /// @param revokedVersion empty for the whole key
    public record Cause(RevocationCause cause, Optional<KeyVersion> revokedVersion, Instant occurredAt) {
        /// Such as `version v1 was disabled`.
        public String words() {
            return cause.describe(revokedVersion);
        }
    }

    /// @param tenant whose environments these are; empty for every tenant
    static EnvironmentList of(Page<EnvironmentRow> page, ReplicaView view, Decider decider, Optional<TenantId> tenant) {
        List<Entry> entries = page.entries().stream()
                .map(row -> Entry.of(row, causes(row, view, decider)))
                .toList();
        return new EnvironmentList(
                entries, page.next(), tenant.map(view::staleness).orElseGet(view::staleness));
    }

    private static List<Cause> causes(EnvironmentRow row, ReplicaView view, Decider decider) {
        return row.state().published().decision().stream()
                .filter(decision -> decision.encryptionState() == EncryptionState.LOCKED)
                .flatMap(_ -> row.known(view.reader(row.tenant())).assessment(decider).stream())
                .flatMap(assessment -> assessment.situation().openLocks().stream())
                .map(Lock::revocation)
                .map(revoked -> new Cause(revoked.cause(), revoked.version(), revoked.at()))
                .toList();
    }
}
