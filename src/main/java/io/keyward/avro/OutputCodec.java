package io.keyward.avro;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.Severity;
import io.keyward.decision.SuppressionAction;
import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.EnvironmentId;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Converts publications to records of the output topics.
public final class OutputCodec {
    private static final EnumMapping<io.keyward.domain.decision.Severity, Severity> SEVERITIES =
            EnumMapping.of(io.keyward.domain.decision.Severity.class, Severity.class);

    private OutputCodec() {}

    /// The record to publish; empty for a retraction, which is a null value.
    public static Optional<SpecificRecord> write(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision decision -> Optional.of(DecisionCodec.write(decision));
            case Publication.OfWarning warning -> Optional.of(warning(warning));
            case Publication.OfSuppression suppression -> Optional.of(suppression(suppression));
            case Publication.OfAllowance allowance -> Optional.of(allowance(allowance));
            case Publication.Retraction _ -> Optional.empty();
        };
    }

    private static Warning warning(Publication.OfWarning publication) {
        var code = publication.warning().code();
        return new Warning(
                publication.tenantId().value(),
                publication.environmentId().map(EnvironmentId::value).orElse(null),
                code.name(),
                publication.warning().subject().orElse(null),
                SEVERITIES.of(publication.warning().severity()),
                publication.clearedAt().isPresent() ? WarningStatus.CLEARED : WarningStatus.RAISED,
                publication.message(),
                code.remediation(),
                publication.raisedAt(),
                publication.clearedAt().orElse(null),
                publication.ruleProfile(),
                cause(publication.cause()));
    }

    private static AnalyticsSuppression suppression(Publication.OfSuppression publication) {
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
                cause(publication.cause()));
    }

    /// Data may flow again when the gap ends.
    private static AnalyticsSuppression allowance(Publication.OfAllowance publication) {
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
                cause(publication.cause()));
    }

    static io.keyward.decision.Cause cause(Cause cause) {
        return new io.keyward.decision.Cause(
                cause.eventType(),
                cause.eventId(),
                cause.occurredAt(),
                cause.topic(),
                cause.partition(),
                cause.offset());
    }
}
