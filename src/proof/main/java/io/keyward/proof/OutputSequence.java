package io.keyward.proof;

import io.keyward.avro.GeneratedClasses;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Publication;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// Checks that the records under a key follow each other as the processor writes them: revisions rise, a warning is
/// raised and cleared in turn, and a tombstone retracts something. So a record that was written a second time is found,
/// and one that somebody has changed, because the change comes behind the record.
///
/// Compaction does not disturb this: of the records under a key it removes the oldest ones only. Not thread-safe.
final class OutputSequence {
    /// Reads only the field that tells the place, and skips the others.
    private final AvroDeserializer places;

    OutputSequence(SchemaRegistry registry) {
        places = AvroDeserializer.specific(
                registry,
                List.of(
                        only("io.keyward.decision.EncryptionDecision", "revision"),
                        only("io.keyward.decision.AnalyticsSuppression", "revision"),
                        only("io.keyward.decision.Warning", "status", "incident", "sequence")),
                ClassLoader.getPlatformClassLoader());
    }

    private static Schema only(String record, String... fields) {
        Schema whole = GeneratedClasses.schema(record);
        return Schema.createRecord(
                whole.getName(),
                whole.getDoc(),
                whole.getNamespace(),
                false,
                Arrays.stream(fields)
                        .map(whole::getField)
                        .map(kept -> new Schema.Field(kept, kept.schema()))
                        .toList());
    }

    /// What tells the place of a record in the sequence of its key.
    sealed interface Mark {
        record Tombstone() implements Mark {}

        /// Of a decision or a signal.
        record Revision(long revision) implements Mark {}

        /// Of a warning.
        record WarningMark(Publication.Status status, String incident, int sequence) implements Mark {
            boolean follows(WarningMark other) {
                return sequence == other.sequence + 1 && incident.equals(other.incident);
            }
        }

        record Unreadable() implements Mark {}
    }

    /// What is wrong with a record, in a sentence.
    ///
    /// @param before the record before it under its key
    Optional<String> violation(Topic topic, NewestOutput before, NewestOutput next) {
        Mark earlier = before.mark(record -> read(topic, record));
        Mark later = next.mark(record -> read(topic, record));
        if (later instanceof Mark.Unreadable) {
            return Optional.of("The record cannot be read as a record of this topic.");
        }
        boolean again = Arrays.equals(before.value(), next.value());
        return violation(earlier, later, topic == Topic.ANALYTICS_SUPPRESSIONS && !again)
                .map(wrong -> wrong + " The record before it under this key is at offset " + before.offset() + ".");
    }

    private static Optional<String> violation(Mark earlier, Mark later, boolean mayRepeat) {
        return switch (later) {
            case Mark _ when earlier instanceof Mark.Unreadable -> Optional.empty();
            case Mark.Tombstone _
            when earlier instanceof Mark.Tombstone ->
                Optional.of("Expected a record, found a second tombstone: there was nothing to retract.");
            case Mark.Tombstone _, Mark.Unreadable _ -> Optional.empty();
            case Mark.Revision(long revision) -> revision(earlier, revision, mayRepeat);
            case Mark.WarningMark told -> warning(earlier, told);
        };
    }

    /// @param mayRepeat of a signal whose gaps alone have changed (R15)
    private static Optional<String> revision(Mark earlier, long later, boolean mayRepeat) {
        return earlier instanceof Mark.Revision(long before) && (later < before || (later == before && !mayRepeat))
                ? Optional.of("Expected a revision above %d, found %d: the record was written twice, or changed."
                        .formatted(before, later))
                : Optional.empty();
    }

    /// Of an incident: RAISED, any number of UPDATED, CLEARED, with one number after the other.
    private static Optional<String> warning(Mark earlier, Mark.WarningMark later) {
        Optional<Mark.WarningMark> open =
                earlier instanceof Mark.WarningMark told && told.status() != Publication.Status.CLEARED
                        ? Optional.of(told)
                        : Optional.empty();
        boolean follows = later.status() == Publication.Status.RAISED
                ? open.isEmpty()
                : open.filter(later::follows).isPresent();
        return follows
                ? Optional.empty()
                : Optional.of("Expected %s, found %s with the sequence %d: the record was written twice, or changed."
                        .formatted(
                                open.map(told -> "the same incident with the sequence " + (told.sequence() + 1))
                                        .orElse("the warning to be RAISED"),
                                later.status(),
                                later.sequence()));
    }

    private Mark read(Topic topic, NewestOutput record) {
        if (record.isTombstone()) {
            return new Mark.Tombstone();
        }
        try {
            IndexedRecord found = places.deserialize(topic.baseName(), record.headers(), record.value());
            if (!found.getSchema().getFullName().equals(topic.valueSchema().orElseThrow())) {
                return new Mark.Unreadable();
            }
            if (topic != Topic.WARNINGS) {
                return new Mark.Revision((Long) found.get(0));
            }
            String status = found.get(0).toString();
            return status.equals("UNKNOWN")
                    ? new Mark.Unreadable()
                    : new Mark.WarningMark(
                            Publication.Status.valueOf(status), (String) found.get(1), (Integer) found.get(2));
        } catch (PayloadException unreadable) {
            return new Mark.Unreadable();
        }
    }
}
