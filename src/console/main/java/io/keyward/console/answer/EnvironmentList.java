package io.keyward.console.answer;

import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.Extent;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A page of environments.
///
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record EnvironmentList(List<Entry> environments, Optional<String> next, Extent extent) implements Answer {
    /// An environment in short. The fields of the decision are empty before the first one and after a purge.
    ///
    /// @param revision 0 before the first decision
    /// @param openWarnings codes, with their subjects, as decisions list them
    /// @param severity the greatest severity among them
    public record Entry(
            String tenantId,
            String environmentId,
            Optional<EnvironmentType> type,
            long revision,
            Optional<EncryptionState> encryptionState,
            Optional<PolicyStatus> policyStatus,
            Optional<String> policyId,
            Optional<KeyReference> key,
            Optional<Instant> enabledSince,
            Optional<Instant> lockedSince,
            Optional<Instant> expectedDeletionAt,
            List<String> openWarnings,
            Optional<Severity> severity,
            List<String> suppressedSinks) {
        static Entry of(EnvironmentRow row) {
            Published published = row.state().published();
            Optional<Decision> decision = published.decision();
            Optional<Severity> severity = published.warnings().values().stream()
                    .flatMap(Optional::stream)
                    .map(Incident::severity)
                    .max(Comparator.naturalOrder());
            return new Entry(
                    row.tenant().value(),
                    row.environment().value(),
                    row.state().facts().snapshot().map(Register::value).map(Snapshot::type),
                    published.revision(),
                    decision.map(Decision::encryptionState),
                    decision.map(Decision::policyStatus),
                    decision.flatMap(Decision::policyId).map(policy -> policy.value()),
                    decision.flatMap(Decision::key),
                    decision.flatMap(Decision::enabledSince),
                    decision.flatMap(Decision::lockedSince),
                    decision.flatMap(Decision::expectedDeletionAt),
                    published.warningNames(),
                    severity,
                    published.sinkNames());
        }
    }
}
