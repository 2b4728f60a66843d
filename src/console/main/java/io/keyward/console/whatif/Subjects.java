package io.keyward.console.whatif;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.EnvironmentId;
import java.util.Optional;

/// Determines which environment a publication is about.
final class Subjects {
    private Subjects() {}

    /// The environment; empty if it is about the tenant.
    static Optional<EnvironmentId> environment(Publication publication) {
        return switch (publication) {
            case Publication.Stated stated -> stated.environmentId();
            case Publication.Retraction retraction -> environment(retraction);
        };
    }

    /// The record key is the tenant, a slash and the environment, which is empty for the tenant itself. Except
    /// for decisions, another slash and more follow.
    private static Optional<EnvironmentId> environment(Publication.Retraction retraction) {
        String named = retraction.key().substring(retraction.tenantId().value().length() + 1);
        return Optional.of(named.split("/", 2)[0])
                .filter(environment -> !environment.isEmpty())
                .map(EnvironmentId::new);
    }

    /// The environment whose decision a publication replaces or retracts; empty for other publications.
    static Optional<EnvironmentId> decided(Publication publication) {
        boolean ofDecision = publication instanceof Publication.OfDecision
                || (publication instanceof Publication.Retraction retraction
                        && retraction.kind() == Publication.Kind.DECISION);
        return environment(publication).filter(_ -> ofDecision);
    }
}
