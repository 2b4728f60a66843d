package io.keyward.domain.decision;

import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// What must be published about a tenant's use of its limit (R13), and the tenant's state after that.
public record LimitWarning(Optional<Publication> publication, TenantState state) {
    private static final WarningKey KEY = WarningKey.of(WarningCode.ENVIRONMENT_LIMIT_NEAR);

    /// What retracts whatever was published about the limit.
    public static Publication retraction(TenantId tenant) {
        return new Publication.Retraction(
                tenant, Publication.Kind.WARNING, Publication.warningKey(tenant, Optional.empty(), KEY));
    }

    /// The difference between what was published about the limit and what is true now.
    public static LimitWarning between(TenantId tenant, TenantState state, String ruleProfile, Cause cause) {
        if (state.limitNear() == state.limitNearSince().isPresent()) {
            return new LimitWarning(Optional.empty(), state);
        }
        Instant now = cause.occurredAt();
        Optional<Instant> open = state.limitNear() ? Optional.of(now) : Optional.empty();
        String message = state.limitNear()
                ? OpenWarning.of(KEY.code(), state.slotsUsed(), state.limit()).message()
                : KEY.code().clearedMessage();
        Publication publication = new Publication.OfWarning(
                tenant,
                Optional.empty(),
                KEY,
                message,
                state.limitNearSince().orElse(now),
                state.limitNearSince().map(raised -> VersionPeriod.later(raised, now)),
                ruleProfile,
                cause);
        return new LimitWarning(Optional.of(publication), state.withLimitNear(open));
    }
}
