package io.keyward.avro;

import io.keyward.decision.Severity;
import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.Optional;

final class WarningCodec {
    private static final EnumMapping<io.keyward.domain.decision.Severity, Severity> SEVERITIES =
            EnumMapping.of(io.keyward.domain.decision.Severity.class, Severity.class);

    private WarningCodec() {}

    static Warning write(Publication.OfWarning publication) {
        var code = publication.warning().code();
        return new Warning(
                publication.tenantId().value(),
                publication.environmentId().map(EnvironmentId::value).orElse(null),
                code.name(),
                publication.warning().subject().orElse(null),
                SEVERITIES.of(code.severity()),
                publication.clearedAt().isPresent() ? WarningStatus.CLEARED : WarningStatus.RAISED,
                publication.message(),
                code.remediation(),
                publication.raisedAt(),
                publication.clearedAt().orElse(null),
                publication.ruleProfile(),
                OutputCodec.cause(publication.cause()));
    }

    static Publication.OfWarning read(Warning value) {
        return new Publication.OfWarning(
                new TenantId(value.getTenantId()),
                Optional.ofNullable(value.getEnvironmentId()).map(EnvironmentId::new),
                new WarningKey(WarningCode.valueOf(value.getCode()), Optional.ofNullable(value.getSubject())),
                value.getMessage(),
                value.getRaisedAt(),
                Optional.ofNullable(value.getClearedAt()),
                value.getRuleProfile(),
                OutputCodec.cause(value.getCause()));
    }
}
