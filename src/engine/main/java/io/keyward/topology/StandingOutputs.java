package io.keyward.topology;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Published;
import io.keyward.domain.id.TenantId;
import java.util.Map;
import java.util.Optional;

/// The current outputs of some tenants: the newest record of each key in the output topics.
///
/// The records do not contain the causes of warnings or the start of a gap. Warnings have no cause here, and a
/// gap begins with its suppression.
///
/// @param environments the published outputs of each environment
/// @param limits the incident of each tenant with a record of `ENVIRONMENT_LIMIT_NEAR`; empty if it is cleared
/// @param causes the events that recent decisions depend on
public record StandingOutputs(
        Map<FanOut.Address, Published> environments,
        Map<TenantId, Optional<Incident>> limits,
        Map<EventOf, Cause> causes) {
    public StandingOutputs {
        environments = Map.copyOf(environments);
        limits = Map.copyOf(limits);
        causes = Map.copyOf(causes);
    }

    /// Identifies an event of a tenant.
    public record EventOf(TenantId tenant, String eventId) {}
}
