package io.keyward.console.answer;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.event.EnvironmentType;
import java.time.Instant;
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
            Optional<NamedKey> key,
            Optional<Instant> enabledSince,
            Optional<Instant> lockedSince,
            Optional<Instant> expectedDeletionAt,
            List<String> openWarnings,
            Optional<Severity> severity,
            List<String> suppressedSinks) {}
}
