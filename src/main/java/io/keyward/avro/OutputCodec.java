package io.keyward.avro;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.SuppressionAction;
import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Severity;
import io.keyward.registry.wire.ArrayEncoder;
import io.keyward.registry.wire.Datum;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Converts publications to records of the output topics. The fields are written in the order of the schemas.
public final class OutputCodec {
    private static final SymbolPositions<Severity> SEVERITIES =
            SymbolPositions.of(Severity.class, io.keyward.decision.Severity.getClassSchema());
    private static final SymbolPositions<WarningStatus> STATUSES =
            SymbolPositions.of(WarningStatus.class, WarningStatus.getClassSchema());
    private static final SymbolPositions<SuppressionAction> ACTIONS =
            SymbolPositions.of(SuppressionAction.class, SuppressionAction.getClassSchema());

    private OutputCodec() {}

    /// The record to publish, as an object; empty for a retraction, which is a null value.
    public static Optional<SpecificRecord> write(Publication publication) {
        return datum(publication).map(datum -> datum.object(GeneratedClasses.data()));
    }

    /// The same, to be encoded without an object.
    static Optional<Datum> datum(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision decision ->
                Optional.of(new Datum(EncryptionDecision.getClassSchema(), out -> DecisionCodec.write(decision, out)));
            case Publication.OfWarning warning ->
                Optional.of(new Datum(Warning.getClassSchema(), out -> warning(warning, out)));
            case Publication.OfSignal signal ->
                Optional.of(new Datum(AnalyticsSuppression.getClassSchema(), out -> signal(signal, out)));
            case Publication.Retraction _ -> Optional.empty();
        };
    }

    private static void warning(Publication.OfWarning publication, ArrayEncoder out) {
        var code = publication.warning().code();
        out.writeString(publication.tenantId().value());
        out.writeOptional(publication.environmentId(), (to, environment) -> to.writeString(environment.value()));
        out.writeString(code.name());
        out.writeOptional(publication.warning().subject(), ArrayEncoder::writeString);
        out.writeEnum(SEVERITIES.of(publication.warning().severity()));
        out.writeEnum(STATUSES.of(publication.clearedAt().isPresent() ? WarningStatus.CLEARED : WarningStatus.RAISED));
        out.writeString(publication.message());
        out.writeString(code.remediation());
        out.writeTime(publication.raisedAt());
        out.writeOptional(publication.clearedAt(), ArrayEncoder::writeTime);
        out.writeString(publication.ruleProfile());
        cause(publication.cause(), out);
    }

    private static void signal(Publication.OfSignal signal, ArrayEncoder out) {
        out.writeString(signal.tenantId().value());
        out.writeString(signal.environmentId().value());
        out.writeString(signal.sink());
        switch (signal) {
            case Publication.OfSuppression suppression -> {
                out.writeEnum(ACTIONS.of(SuppressionAction.SUPPRESS));
                out.writeTime(suppression.suppressed().since());
                gap(Optional.empty(), Optional.empty(), out);
            }
            case Publication.OfAllowance allowance -> {
                out.writeEnum(ACTIONS.of(SuppressionAction.ALLOW));
                out.writeTime(allowance.gapTo()); // data may flow again when the gap ends
                gap(Optional.of(allowance.gapFrom()), Optional.of(allowance.gapTo()), out);
            }
        }
        out.writeString(signal.reason().name());
        out.writeLong(signal.revision());
        out.writeString(signal.ruleProfile());
        cause(signal.cause(), out);
    }

    private static void gap(Optional<Instant> from, Optional<Instant> to, ArrayEncoder out) {
        out.writeOptional(from, ArrayEncoder::writeTime);
        out.writeOptional(to, ArrayEncoder::writeTime);
    }

    static void cause(Cause cause, ArrayEncoder out) {
        out.writeString(cause.eventType());
        out.writeString(cause.eventId());
        out.writeTime(cause.occurredAt());
        out.writeString(cause.topic());
        out.writeInt(cause.partition());
        out.writeLong(cause.offset());
    }
}
