package io.keyward.domain.decision;

import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.TenantId;
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
        boolean near = state.limitNear();
        OpenWarning open = OpenWarning.of(CODE, new OpenWarning.Count(state.slotsUsed()), state.limit());
        if (near ? standing.filter(incident -> incident.tells(open)).isPresent() : standing.isEmpty()) {
            return new LimitWarning(Optional.empty(), state);
        }
        // A tenant has no revision, and one cause can raise the warning, clear it, and raise it again.
        int number = state.limitIncidents() + 1;
        Incident next = standing.map(incident -> near ? incident.updated(open, number, cause) : incident.next())
                .orElseGet(() -> Incident.raised(open, number, cause));
        Publication told = new Publication.OfWarning(
                tenant,
                Optional.empty(),
                Optional.empty(),
                CODE,
                Optional.empty(),
                next,
                near ? open.message() : CODE.clearedMessage(),
                near ? Optional.empty() : Optional.of(VersionPeriod.later(next.raisedAt(), cause.occurredAt())),
                ruleProfile,
                cause);
        return new LimitWarning(Optional.of(told), state.withLimitNear(near ? Optional.of(next) : Optional.empty()));
    }
}
