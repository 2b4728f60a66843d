package io.keyward.avro;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.Warning;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/// Converts publications to records of the output topics, and records to publications.
public final class OutputCodec {
    private OutputCodec() {}

    /// The record to publish; empty for a retraction, which is a null value.
    public static Optional<SpecificRecord> write(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision decision -> Optional.of(DecisionCodec.write(decision));
            case Publication.OfWarning warning -> Optional.of(WarningCodec.write(warning));
            case Publication.OfSuppression suppression -> Optional.of(SuppressionCodec.write(suppression));
            case Publication.OfAllowance allowance -> Optional.of(SuppressionCodec.write(allowance));
            case Publication.Retraction _ -> Optional.empty();
        };
    }

    /// The publication in a record of an output topic.
    ///
    /// @throws IllegalArgumentException if the record is not a publication, or contains a name that only a
    ///     newer release knows
    public static Publication read(IndexedRecord value) {
        return switch (value) {
            case EncryptionDecision decision -> DecisionCodec.read(decision);
            case Warning warning -> WarningCodec.read(warning);
            case AnalyticsSuppression suppression -> SuppressionCodec.read(suppression);
            default -> throw new IllegalArgumentException(value.getSchema().getFullName() + " is not an output");
        };
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

    static Cause cause(io.keyward.decision.Cause cause) {
        return new Cause(
                cause.getEventType(),
                cause.getEventId(),
                cause.getOccurredAt(),
                cause.getTopic(),
                cause.getPartition(),
                cause.getOffset());
    }
}
