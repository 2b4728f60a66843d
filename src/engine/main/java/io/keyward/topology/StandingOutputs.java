package io.keyward.topology;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Published;
import io.keyward.domain.id.TenantId;
import java.util.Map;
import java.util.Optional;

/// What readers of the output topics know of some tenants: the newest record under each key.
///
/// The records do not tell the causes of warnings, nor the start of a gap: warnings have none here, and a gap begins
/// with its suppression.
///
/// @param environments what stands published of each environment
/// @param limits of each tenant with a record of `ENVIRONMENT_LIMIT_NEAR`: what it tells, if it is open
/// @param causes the events that new decisions rest on
public record StandingOutputs(
        Map<FanOut.Address, Published> environments,
        Map<TenantId, Optional<Incident>> limits,
        Map<EventOf, Cause> causes) {
    public StandingOutputs {
        environments = Map.copyOf(environments);
        limits = Map.copyOf(limits);
        causes = Map.copyOf(causes);
    }

    /// An event of a tenant.
    public record EventOf(TenantId tenant, String eventId) {}
}
