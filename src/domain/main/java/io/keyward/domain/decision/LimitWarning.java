package io.keyward.domain.decision;

import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// What must be published about a tenant's use of its limit (R13), and the tenant's state after that.
public record LimitWarning(Optional<Publication> publication, TenantState state) {
    private static final WarningCode CODE = WarningCode.ENVIRONMENT_LIMIT_NEAR;

    /// What retracts whatever was published about the limit.
    public static Publication retraction(TenantId tenant) {
        return new Publication.Retraction(
                tenant, Publication.Kind.WARNING, Publication.warningKey(tenant, Optional.empty(), CODE));
    }

    /// The difference between what was published about the limit and what is true now.
    public static LimitWarning between(TenantId tenant, TenantState state, String ruleProfile, Cause cause) {
        Optional<Incident> standing = state.limitIncident();
        OpenWarning open = OpenWarning.of(CODE, new OpenWarning.Count(state.slotsUsed()), state.limit());
        if (!state.limitNear()) {
            return standing.map(incident -> new LimitWarning(
                            Optional.of(publication(
                                    tenant,
                                    incident.next(),
                                    CODE.clearedMessage(),
                                    Optional.of(VersionPeriod.later(incident.raisedAt(), cause.occurredAt())),
                                    ruleProfile,
                                    cause)),
                            state.withLimitNear(Optional.empty())))
                    .orElseGet(() -> new LimitWarning(Optional.empty(), state));
        }
        if (standing.filter(incident -> incident.tells(open)).isPresent()) {
            return new LimitWarning(Optional.empty(), state);
        }
        // A tenant has no revision, and one cause can raise the warning, clear it, and raise it again.
        int number = state.limitIncidents() + 1;
        Incident next = standing.map(incident -> incident.updated(open, number, cause))
                .orElseGet(() -> Incident.raised(open, number, cause));
        return new LimitWarning(
                Optional.of(publication(tenant, next, open.message(), Optional.empty(), ruleProfile, cause)),
                state.withLimitNear(Optional.of(next)));
    }

    private static Publication publication(
            TenantId tenant,
            Incident incident,
            String message,
            Optional<Instant> clearedAt,
            String ruleProfile,
            Cause cause) {
        return new Publication.OfWarning(
                tenant,
                Optional.empty(),
                Optional.empty(),
                CODE,
                Optional.empty(),
                incident,
                message,
                clearedAt,
                ruleProfile,
                cause);
    }
}
