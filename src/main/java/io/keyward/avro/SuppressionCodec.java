package io.keyward.avro;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.SuppressionAction;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;

/// Translates suppressions and allowances. Both are the same record on the same topic.
final class SuppressionCodec {
    private SuppressionCodec() {}

    static AnalyticsSuppression write(Publication.OfSuppression publication) {
        return new AnalyticsSuppression(
                publication.tenantId().value(),
                publication.environmentId().value(),
                publication.sink(),
                SuppressionAction.SUPPRESS,
                publication.suppressed().since(),
                null,
                null,
                publication.suppressed().reason().name(),
                publication.revision(),
                publication.ruleProfile(),
                OutputCodec.cause(publication.cause()));
    }

    /// The record of an allowance: data may flow again when the gap ends.
    static AnalyticsSuppression write(Publication.OfAllowance publication) {
        return new AnalyticsSuppression(
                publication.tenantId().value(),
                publication.environmentId().value(),
                publication.sink(),
                SuppressionAction.ALLOW,
                publication.gapTo(),
                publication.gapFrom(),
                publication.gapTo(),
                publication.reason().name(),
                publication.revision(),
                publication.ruleProfile(),
                OutputCodec.cause(publication.cause()));
    }

    static Publication read(AnalyticsSuppression value) {
        return switch (value.getAction()) {
            case SUPPRESS -> suppression(value);
            case ALLOW -> allowance(value);
            case UNKNOWN -> throw new IllegalArgumentException("this release does not know the action");
        };
    }

    private static Publication suppression(AnalyticsSuppression value) {
        return new Publication.OfSuppression(
                new TenantId(value.getTenantId()),
                new EnvironmentId(value.getEnvironmentId()),
                value.getSink(),
                new Suppressed(value.getEffectiveFrom(), Rule.valueOf(value.getReason())),
                value.getRevision(),
                value.getRuleProfile(),
                OutputCodec.cause(value.getCause()));
    }

    private static Publication allowance(AnalyticsSuppression value) {
        return new Publication.OfAllowance(
                new TenantId(value.getTenantId()),
                new EnvironmentId(value.getEnvironmentId()),
                value.getSink(),
                value.getGapFrom(),
                value.getGapTo(),
                Rule.valueOf(value.getReason()),
                value.getRevision(),
                value.getRuleProfile(),
                OutputCodec.cause(value.getCause()));
    }
}
