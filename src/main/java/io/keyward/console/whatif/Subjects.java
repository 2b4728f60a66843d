package io.keyward.console.whatif;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.EnvironmentId;
import java.util.Optional;

/// Tells which environment a publication is about.
final class Subjects {
    private Subjects() {}

    /// The environment; empty if it is about the tenant, or retracts something other than the decision.
    static Optional<EnvironmentId> environment(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision decision -> Optional.of(decision.environmentId());
            case Publication.OfWarning warning -> warning.environmentId();
            case Publication.OfSignal signal -> Optional.of(signal.environmentId());
            case Publication.Retraction retraction -> ofDecision(retraction);
        };
    }

    /// The environment whose decision a publication replaces or retracts; empty for other publications.
    static Optional<EnvironmentId> decided(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision decision -> Optional.of(decision.environmentId());
            case Publication.Retraction retraction -> ofDecision(retraction);
            case Publication.OfWarning _, Publication.OfSignal _ -> Optional.empty();
        };
    }

    /// The key of a decision is its tenant, a slash and its environment.
    private static Optional<EnvironmentId> ofDecision(Publication.Retraction retraction) {
        return retraction.kind() == Publication.Kind.DECISION
                ? Optional.of(new EnvironmentId(
                        retraction.key().substring(retraction.tenantId().value().length() + 1)))
                : Optional.empty();
    }
}
