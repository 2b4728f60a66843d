package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A page of tenants, in the order of their ids.
///
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record TenantList(List<Entry> tenants, Optional<String> next, Staleness staleness) implements Answer {
    /// Up to how many environments of one state are counted.
    private static final int MOST = 10_000;

    /// A tenant in short.
    ///
    /// @param environments environments with a decision
    /// @param states these by state; no more than 10,000 of each state are counted
    /// @param environmentLimit how many environments can be enabled (R10)
    /// @param slotsHeld how many are enabled
    /// @param limitNearSince since when `ENVIRONMENT_LIMIT_NEAR` is open
    public record Entry(
            String tenantId,
            long environments,
            Map<EncryptionState, Long> states,
            int environmentLimit,
            int slotsHeld,
            Optional<Instant> limitNearSince) {
        static Entry of(ReplicaView view, TenantId tenant) {
            Map<EncryptionState, Long> states = new EnumMap<>(EncryptionState.class);
            for (EncryptionState state : EncryptionState.values()) {
                states.put(state, (long) view.count(tenant, state, MOST));
            }
            TenantState known = view.reader(tenant).state();
            return new Entry(
                    tenant.value(),
                    states.values().stream().mapToLong(Long::longValue).sum(),
                    states,
                    known.limit(),
                    known.slotsUsed(),
                    known.limitIncident().map(Incident::raisedAt));
        }
    }
}
