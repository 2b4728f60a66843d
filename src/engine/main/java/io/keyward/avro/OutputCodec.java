package io.keyward.avro;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.SuppressionAction;
import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Signal;
import io.keyward.registry.wire.ArrayEncoder;
import io.keyward.registry.wire.Datum;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Converts publications to records of the output topics. The fields are written in the order of the schemas.
public final class OutputCodec {
    private static final Symbols<Severity> SEVERITIES = Symbols.published(Severity.class);
    private static final Symbols<Publication.Status> STATUSES =
            Symbols.published(Publication.Status.class, WarningStatus.getClassSchema());
    private static final Symbols<SuppressionAction> ACTIONS = Symbols.published(SuppressionAction.class);

    private OutputCodec() {}

    /// The record to publish, as an object; empty for a retraction, which is a null value.
    public static Optional<SpecificRecord> write(Publication publication) {
        return datum(publication).map(datum -> datum.object(GeneratedClasses.data()));
    }

    /// As [#write], but in a form that is encoded without creating an object.
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
        Incident incident = publication.incident();
        out.writeString(publication.tenantId().value());
        out.writeOptional(publication.environmentId(), (to, environment) -> to.writeString(environment.value()));
        out.writeOptional(publication.about().environmentName(), ArrayEncoder::writeString);
        out.writeString(publication.code().name());
        out.writeString(incident.id().text(publication.code()));
        out.writeInt(incident.sequence());
        out.writeEnum(STATUSES.position(publication.status()));
        out.writeEnum(SEVERITIES.position(incident.severity()));
        out.writeList(incident.subjects(), ArrayEncoder::writeString);
        out.writeInt(incident.subjectCount());
        out.writeString(publication.message());
        out.writeString(publication.code().remediation());
        out.writeTime(incident.raisedAt());
        out.writeOptional(publication.clearedAt(), ArrayEncoder::writeTime);
        out.writeString(publication.ruleProfile());
        cause(publication.cause(), out);
    }

    private static void signal(Publication.OfSignal signal, ArrayEncoder out) {
        out.writeString(signal.tenantId().value());
        out.writeString(signal.environmentId().orElseThrow().value());
        out.writeString(signal.sink());
        Signal published = signal.signal();
        out.writeEnum(ACTIONS.position(published.suppresses() ? SuppressionAction.SUPPRESS : SuppressionAction.ALLOW));
        out.writeTime(published.effectiveFrom());
        out.writeString(signal.reason().name());
        out.writeLong(signal.revision());
        out.writeString(signal.ruleProfile());
        cause(signal.cause(), out);
        out.writeList(published.gaps(), (to, gap) -> {
            to.writeOptional(Optional.of(gap.from()).filter(Instant.MIN::isBefore), ArrayEncoder::writeTime);
            to.writeTime(gap.until());
        });
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
