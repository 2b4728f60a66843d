package io.keyward.domain.decision;

import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;

/// What must be published about a tenant's use of its limit (R13), and the tenant's state after that.
public record LimitWarning(Optional<Publication> publication, TenantState state) {
    private static final WarningCode CODE = WarningCode.ENVIRONMENT_LIMIT_NEAR;

    /// Retracts everything that was published about the limit.
    public static Publication retraction(TenantId tenant) {
        return new Publication.Retraction(
                tenant, Publication.Kind.WARNING, Publication.warningKey(tenant, Optional.empty(), CODE));
    }

    /// The text of the warning, whether or not it is open.
    public static String message(TenantState state) {
        return open(state).message();
    }

    /// Contains no count, because a count would be out of date with the next environment.
    private static OpenWarning open(TenantState state) {
        boolean full = state.atLimit();
        return new OpenWarning(
                CODE,
                full ? Severity.WARNING : CODE.severity(),
                List.of(),
                List.of(
                        state.limit(),
                        state.limitNearFrom(),
                        full ? "All of them are in use, so no other one is enabled." : "Not all of them are in use."));
    }

    /// The difference between what was published about the limit and what is true now.
    public static LimitWarning between(TenantId tenant, TenantState state, String ruleProfile, Cause cause) {
        Optional<Incident> standing = state.limitIncident();
        boolean near = state.limitNear();
        OpenWarning open = open(state);
        if (near ? standing.filter(incident -> incident.matches(open)).isPresent() : standing.isEmpty()) {
            return new LimitWarning(Optional.empty(), state);
        }
        Publication.About about = new Publication.About(tenant, Optional.empty(), Optional.empty(), ruleProfile, cause);
        // A tenant has no revision, and one cause can raise the warning, clear it, and raise it again.
        int number = state.limitIncidents() + 1;
        Publication.OfWarning record = near
                ? Publication.OfWarning.open(
                        about,
                        CODE,
                        standing.map(incident -> incident.updated(open))
                                .orElseGet(() -> Incident.raised(open, number, cause)),
                        open.message())
                : Publication.OfWarning.cleared(about, CODE, standing.orElseThrow(), CODE.clearedMessage());
        return new LimitWarning(
                Optional.of(record), state.withLimitNear(near ? Optional.of(record.incident()) : Optional.empty()));
    }
}
