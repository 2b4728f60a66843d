package io.keyward.proof;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.OutputCodec;
import io.keyward.client.Topic;
import io.keyward.decision.WarningStatus;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What may follow a record under its key, and what may not.
class OutputSequenceTest {
    private static final InMemorySchemaRegistry REGISTRY = new InMemorySchemaRegistry();
    private static final AvroSerializer SERIALIZER = new AvroSerializer(REGISTRY, SerializerSettings.DEFAULT);
    private static final List<Publication> PUBLICATIONS = published(
            snapshot(day(1), Inventory.production().cloudFlows(1, day(1), day(1))), applied(day(2), "p1", "k1"));
    private static final byte[] UNREADABLE = {7};
    private static final byte[] TOMBSTONE = null;
    private static final String SECOND_TOMBSTONE =
            "Expected a record, found a second tombstone: there was nothing to retract.";
    private static final String CANNOT_BE_READ = "The record cannot be read as a record of this topic.";

    /// The topic, two records of it that follow each other, and what is wrong with the second one, if anything is.
    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(Topic.ENCRYPTION_DECISIONS, decision(2), decision(3), null),
                Arguments.of(Topic.ENCRYPTION_DECISIONS, decision(2), decision(9), null),
                Arguments.of(
                        Topic.ENCRYPTION_DECISIONS,
                        decision(3),
                        decision(3),
                        "Expected a revision above 3, found 3: the record was written twice, or changed."),
                Arguments.of(
                        Topic.ENCRYPTION_DECISIONS,
                        decision(3),
                        decision(2),
                        "Expected a revision above 3, found 2: the record was written twice, or changed."),
                Arguments.of(Topic.ENCRYPTION_DECISIONS, decision(3), TOMBSTONE, null),
                Arguments.of(Topic.ENCRYPTION_DECISIONS, TOMBSTONE, decision(1), null),
                Arguments.of(Topic.ENCRYPTION_DECISIONS, TOMBSTONE, TOMBSTONE, SECOND_TOMBSTONE),
                Arguments.of(Topic.ENCRYPTION_DECISIONS, UNREADABLE, decision(1), null),
                Arguments.of(Topic.ENCRYPTION_DECISIONS, decision(1), UNREADABLE, CANNOT_BE_READ),
                Arguments.of(Topic.ENCRYPTION_DECISIONS, decision(1), warning(WarningStatus.RAISED, 1), CANNOT_BE_READ),
                Arguments.of(Topic.ANALYTICS_SUPPRESSIONS, signal(2), signal(4), null),
                Arguments.of(
                        Topic.ANALYTICS_SUPPRESSIONS,
                        signal(4),
                        signal(4),
                        "Expected a revision above 4, found 4: the record was written twice, or changed."),
                Arguments.of(Topic.ANALYTICS_SUPPRESSIONS, signal(4), movedSignal(4), null),
                Arguments.of(
                        Topic.ANALYTICS_SUPPRESSIONS,
                        signal(4),
                        movedSignal(3),
                        "Expected a revision above 4, found 3: the record was written twice, or changed."),
                Arguments.of(Topic.ANALYTICS_SUPPRESSIONS, TOMBSTONE, TOMBSTONE, SECOND_TOMBSTONE),
                Arguments.of(Topic.WARNINGS, warning(WarningStatus.RAISED, 1), warning(WarningStatus.CLEARED, 2), null),
                Arguments.of(Topic.WARNINGS, warning(WarningStatus.RAISED, 1), warning(WarningStatus.UPDATED, 2), null),
                Arguments.of(
                        Topic.WARNINGS, warning(WarningStatus.UPDATED, 2), warning(WarningStatus.UPDATED, 3), null),
                Arguments.of(Topic.WARNINGS, warning(WarningStatus.CLEARED, 2), warning(WarningStatus.RAISED, 1), null),
                Arguments.of(
                        Topic.WARNINGS,
                        warning(WarningStatus.RAISED, 1),
                        warning(WarningStatus.RAISED, 1),
                        "Expected the same incident with the sequence 2, found RAISED with the sequence 1: the record was written twice, or changed."),
                Arguments.of(
                        Topic.WARNINGS,
                        warning(WarningStatus.RAISED, 1),
                        warning(WarningStatus.UPDATED, 3),
                        "Expected the same incident with the sequence 2, found UPDATED with the sequence 3: the record was written twice, or changed."),
                Arguments.of(
                        Topic.WARNINGS,
                        warning(WarningStatus.CLEARED, 2),
                        warning(WarningStatus.CLEARED, 2),
                        "Expected the warning to be RAISED, found CLEARED with the sequence 2: the record was written twice, or changed."),
                Arguments.of(Topic.WARNINGS, warning(WarningStatus.RAISED, 1), TOMBSTONE, null),
                Arguments.of(Topic.WARNINGS, TOMBSTONE, warning(WarningStatus.RAISED, 1), null),
                Arguments.of(
                        Topic.WARNINGS,
                        TOMBSTONE,
                        warning(WarningStatus.CLEARED, 2),
                        "Expected the warning to be RAISED, found CLEARED with the sequence 2: the record was written twice, or changed."),
                Arguments.of(Topic.WARNINGS, TOMBSTONE, TOMBSTONE, SECOND_TOMBSTONE),
                Arguments.of(
                        Topic.WARNINGS,
                        warning(WarningStatus.RAISED, 1),
                        warning(WarningStatus.UNKNOWN, 1),
                        CANNOT_BE_READ),
                Arguments.of(Topic.WARNINGS, warning(WarningStatus.RAISED, 1), decision(1), CANNOT_BE_READ));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRecordThatDoesNotFollowTheOneBeforeItIsFound(Topic topic, byte[] before, byte[] next, String wrong) {
        Optional<String> violation = new OutputSequence(REGISTRY).violation(topic, record(7, before), record(8, next));

        assertThat(violation)
                .isEqualTo(Optional.ofNullable(wrong)
                        .map(sentence -> sentence.equals(CANNOT_BE_READ)
                                ? sentence
                                : sentence + " The record before it under this key is at offset 7."));
    }

    private static NewestOutput record(long offset, byte[] value) {
        return new NewestOutput(0, offset, value, new RecordHeaders());
    }

    private static List<Publication> published(Event... events) {
        ReferenceModel model = new ReferenceModel(Profiles.SEED);
        return Stream.of(events).flatMap(event -> model.accept(event).stream()).toList();
    }

    private static byte[] decision(long revision) {
        return bytes(Topic.ENCRYPTION_DECISIONS, Publication.OfDecision.class, "revision", revision);
    }

    private static byte[] signal(long revision) {
        return bytes(Topic.ANALYTICS_SUPPRESSIONS, Publication.OfSignal.class, "revision", revision);
    }

    /// The same signal with another beginning.
    private static byte[] movedSignal(long revision) {
        SpecificRecord record = record(Publication.OfSignal.class, "revision", revision);
        record.put(record.getSchema().getField("effectiveFrom").pos(), day(1));
        return SERIALIZER.serialize("cmk." + Topic.ANALYTICS_SUPPRESSIONS.baseName(), record);
    }

    private static byte[] warning(WarningStatus status, int sequence) {
        SpecificRecord record = record(Publication.OfWarning.class, "status", status);
        record.put(record.getSchema().getField("sequence").pos(), sequence);
        return SERIALIZER.serialize("cmk." + Topic.WARNINGS.baseName(), record);
    }

    private static byte[] bytes(Topic topic, Class<? extends Publication> kind, String field, Object value) {
        return SERIALIZER.serialize("cmk." + topic.baseName(), record(kind, field, value));
    }

    private static SpecificRecord record(Class<? extends Publication> kind, String field, Object value) {
        SpecificRecord record = PUBLICATIONS.stream()
                .filter(kind::isInstance)
                .findFirst()
                .flatMap(OutputCodec::write)
                .orElseThrow();
        record.put(record.getSchema().getField(field).pos(), value);
        return record;
    }
}
