package io.keyward.proof;

import io.keyward.avro.GeneratedClasses;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.contract.Topic;
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
    private static final long TOMBSTONE = -2;
    private static final long RAISED = -3;
    private static final long CLEARED = -4;
    private static final long UNREADABLE = -5;

    /// Reads only the field that tells the place, and skips the others.
    private final AvroDeserializer places;

    OutputSequence(SchemaRegistry registry) {
        places = AvroDeserializer.specific(
                registry,
                List.of(
                        only("io.keyward.decision.EncryptionDecision", "revision"),
                        only("io.keyward.decision.AnalyticsSuppression", "revision"),
                        only("io.keyward.decision.Warning", "status")),
                ClassLoader.getPlatformClassLoader());
    }

    private static Schema only(String record, String field) {
        Schema whole = GeneratedClasses.schema(record);
        Schema.Field kept = whole.getField(field);
        return Schema.createRecord(
                whole.getName(),
                whole.getDoc(),
                whole.getNamespace(),
                false,
                List.of(new Schema.Field(kept, kept.schema())));
    }

    /// What is wrong with a record, in a sentence.
    ///
    /// @param before the record before it under its key
    Optional<String> violation(Topic topic, NewestOutput before, NewestOutput next) {
        long earlier = place(topic, before);
        long later = place(topic, next);
        if (later == UNREADABLE) {
            return Optional.of("The record cannot be read as a record of this topic.");
        }
        if (earlier == UNREADABLE) {
            return Optional.empty();
        }
        return (topic == Topic.WARNINGS ? warning(earlier, later) : revision(earlier, later))
                .map(wrong -> wrong + " The record before it under this key is at offset " + before.offset() + ".");
    }

    private static Optional<String> revision(long earlier, long later) {
        if (later == TOMBSTONE) {
            return tombstone(earlier);
        }
        return earlier == TOMBSTONE || later > earlier
                ? Optional.empty()
                : Optional.of("Expected a revision above %d, found %d: the record was written twice, or changed."
                        .formatted(earlier, later));
    }

    private static Optional<String> warning(long earlier, long later) {
        if (later == TOMBSTONE) {
            return tombstone(earlier);
        }
        if (later == earlier) {
            return Optional.of(
                    "Expected the warning to be %s, found it %s once more: the record was written twice, or changed."
                            .formatted(word(later == RAISED ? CLEARED : RAISED), word(later)));
        }
        return earlier == TOMBSTONE && later == CLEARED
                ? Optional.of("Expected the warning to be RAISED after a tombstone, found it CLEARED.")
                : Optional.empty();
    }

    private static Optional<String> tombstone(long earlier) {
        return earlier == TOMBSTONE
                ? Optional.of("Expected a record, found a second tombstone: there was nothing to retract.")
                : Optional.empty();
    }

    private static String word(long place) {
        return place == RAISED ? "RAISED" : "CLEARED";
    }

    private long place(Topic topic, NewestOutput record) {
        if (record.mark() == NewestOutput.NOT_READ) {
            record.setMark(record.isTombstone() ? TOMBSTONE : read(topic, record));
        }
        return record.mark();
    }

    private long read(Topic topic, NewestOutput record) {
        try {
            IndexedRecord found =
                    places.decode(record.value(), record.headers()).value();
            if (!found.getSchema().getFullName().equals(topic.valueSchema().orElseThrow())) {
                return UNREADABLE;
            }
            if (topic != Topic.WARNINGS) {
                return (Long) found.get(0);
            }
            return switch (found.get(0).toString()) {
                case "RAISED" -> RAISED;
                case "CLEARED" -> CLEARED;
                default -> UNREADABLE;
            };
        } catch (PayloadException unreadable) {
            return UNREADABLE;
        }
    }
}
