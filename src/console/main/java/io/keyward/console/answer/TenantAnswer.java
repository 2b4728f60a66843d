package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a tenant. Long lists and counts are truncated, and [Staleness#missing] says so.
///
/// @param environmentLimit how many environments can be enabled (R10)
/// @param limitStatedAt when that limit was stated; empty for the default limit
/// @param slotsHeld how many environments are enabled; more than the limit after it was lowered (R13)
/// @param limitNearSince since when `ENVIRONMENT_LIMIT_NEAR` is open
/// @param queue the first environments that wait for a slot, in the order in which they get one (R12)
/// @param timeReached the time that the tenant has reached (R25)
/// @param environments how many environments are known
/// @param states environments by the state of their last decision
/// @param openWarnings open warnings of environments, by code
/// @param warnings the open warnings about the tenant itself
/// @param keys the keys that environments of the tenant use or used, or that have facts
public record TenantAnswer(
        String tenantId,
        int environmentLimit,
        Optional<Instant> limitStatedAt,
        int slotsHeld,
        int slotsFree,
        Optional<Instant> limitNearSince,
        List<Waiting> queue,
        Optional<Instant> timeReached,
        long environments,
        Map<EncryptionState, Long> states,
        Map<PolicyStatus, Long> statuses,
        Map<String, Long> openWarnings,
        List<EnvironmentAnswer.StandingWarning> warnings,
        List<KeyEntry> keys,
        Staleness staleness)
        implements Answer {
    /// An environment that waits for a slot.
    ///
    /// @param since when its policy was applied, which orders the queue
    public record Waiting(String environmentId, Instant since) {}

    /// A key in short.
    ///
    /// @param key with its newest version, if one is known; its fields are written beside these
    /// @param openRevocations revocations that no restoration has closed
    /// @param users environments of the tenant with this key among their applications
    public record KeyEntry(KeyReference key, int openRevocations, long users) {}
}
