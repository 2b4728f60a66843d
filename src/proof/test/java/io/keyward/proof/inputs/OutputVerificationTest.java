package io.keyward.proof.inputs;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.keyward.avro.EventReader;
import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.EncryptionState;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Report;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Admission;
import io.keyward.topology.Bounds;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.TopicSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// An output can be verified alone: by its position, the inputs below it, and the rules.
class OutputVerificationTest {
    private static final RuleProfile PROFILE = Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT);
    private static final Event[] STORY = {
        clean(1, "contoso", "hr"),
        applied(2, "contoso", "hr", "k1"),
        revoked(4, "contoso", "k1"),
        restored(7, "contoso", "k1"),
        removed(8, "contoso", "hr", "k1")
    };

    /// Waits for a slot, is purged, and comes again.
    private static final Event[] LONG_STORY = {
        limit(1, "contoso", 1),
        clean(1, "contoso", "hr"),
        clean(1, "contoso", "lab"),
        rotated(1, "contoso", "k1", "v1"),
        applied(2, "contoso", "hr", "k1"),
        applied(3, "contoso", "lab", "k1"),
        reported(4, "contoso", "hr", "k1"),
        applied(4, "fabrikam", "hr", "k7"),
        limit(5, "contoso", 2),
        revoked(6, "contoso", "k1"),
        restored(7, "contoso", "k1"),
        removed(8, "contoso", "hr", "k1"),
        clean(1, "fabrikam", "hr"),
        changed(9, "contoso", "hr", Lifecycle.PURGED, FlowInventory.EMPTY),
        clean(10, "contoso", "hr")
    };

    @Test
    void everyOutputOfAStoryHolds() {
        try (Verified verified = new Verified(LONG_STORY)) {
            assertThat(verified.outputs())
                    .anySatisfy(output -> assertThat(output.value()).isNull())
                    .hasSizeGreaterThan(30)
                    .allSatisfy(output -> {
                        Report report = verified.verify(output);
                        assertThat(report.findings()).isEmpty();
                        assertThat(report.unverifiable())
                                .extracting(Unverifiable::sentence)
                                .allSatisfy(sentence -> assertThat(sentence).contains("limit of a tenant"));
                    });
        }
    }

    /// Records of decisions and warnings tell the name of their environment, those of signals do not.
    @Test
    void everyOutputOfAnEnvironmentWithANameHolds() {
        Event.EnvironmentChanged unnamed = clean(1, "contoso", "hr");
        try (Verified verified = new Verified(
                new Event.EnvironmentChanged(
                        unnamed.tenantId(),
                        unnamed.stamp(),
                        unnamed.environmentId(),
                        Inventory.production().named("Sales").snapshot(),
                        true),
                applied(2, "contoso", "hr", "k1"),
                revoked(4, "contoso", "k1"))) {
            assertThat(verified.outputs())
                    .anySatisfy(output -> assertThat(output.topic()).endsWith(Topic.ANALYTICS_SUPPRESSIONS.baseName()));
            assertThat(verified.outputs())
                    .allSatisfy(output ->
                            assertThat(verified.verify(output).findings()).isEmpty());
        }
    }

    /// A difference is shown although the texts of records are cut.
    @Test
    void whatDiffersOfASignalIsSaid() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> signal = verified.outputs().stream()
                    .filter(output ->
                            output.value() != null && output.topic().endsWith(Topic.ANALYTICS_SUPPRESSIONS.baseName()))
                    .findFirst()
                    .orElseThrow();
            Report report = verified.verify(verified.changed(signal, record -> set(record, "effectiveFrom", day(77))));
            assertThat(report.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.deviation().sentence())
                            .contains("effectiveFrom=" + day(2), "effectiveFrom=" + day(77)));
        }
    }

    /// R15: a gap that ends when the next one begins is published as one with it.
    @Test
    void aSuppressionThatTouchesAnEarlierOneHolds() {
        try (Verified verified = new Verified(
                clean(1, "contoso", "hr"),
                removed(11, "contoso", "hr", "k1"),
                applied(11, "contoso", "hr", "k1"),
                applied(2, "contoso", "hr", "k1"))) {
            assertThat(verified.outputs())
                    .allSatisfy(output ->
                            assertThat(verified.verify(output).findings()).isEmpty());
        }
    }

    /// A field of the cause, and another value of it.
    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of("eventType", "KeyRestored"),
                Arguments.of("eventId", "another"),
                Arguments.of("occurredAt", day(3)),
                Arguments.of("topic", "cmk.key-restored"),
                Arguments.of("offset", 1L));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void aCauseThatIsNotThereIsFound(String field, Object value) {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> locked = verified.decision(2);
            assertThat(verified.verify(locked).outputs()).isEqualTo(3);
            Report report = verified.verify(
                    verified.changed(locked, record -> set(((EncryptionDecision) record).getCause(), field, value)));
            assertThat(report.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).contains(Rule.R15);
                assertThat(finding.sentence()).startsWith("The event that the record names as its cause: ");
            });
        }
    }

    /// The event may have been read there before the application was moved, or be one that was rerouted.
    @Test
    void aCauseOnAnotherPartitionIsNotLookedFor() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> locked = verified.changed(
                    verified.decision(2), record -> set(((EncryptionDecision) record).getCause(), "partition", 5));
            assertThat(verified.verify(locked).holds()).isTrue();
        }
    }

    @Test
    void anUnknownProfileIsNotVerifiable() {
        try (Verified verified = new Verified(STORY)) {
            Report report = verified.verify(
                    verified.changed(verified.decision(2), record -> set(record, "ruleProfile", "another")));
            assertThat(report.findings()).isEmpty();
            assertThat(report.unverifiable())
                    .singleElement()
                    .satisfies(left -> assertThat(left.sentence())
                            .isEqualTo("It was decided by the profile another, which this release does not know."));
        }
    }

    @Test
    void aRecordThatCannotBeReadIsFound() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> output = verified.decision(2);
            assertThat(verified.verify(with(output, new byte[] {7}, output.headers()))
                            .findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.sentence()).startsWith("The record cannot be read: "));
        }
    }

    @Test
    void anOutputOfWhichTooLittleIsKnownIsFound() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> first = verified.decision(0);
            verified.forget(STORY[0]);
            ConsumerRecord<byte[], byte[]> fromElsewhere = verified.changed(
                    first, record -> set(((EncryptionDecision) record).getCause(), "topic", "elsewhere"));
            assertThat(verified.verify(fromElsewhere).findings())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.rule()).contains(Rule.R24);
                        assertThat(finding.sentence()).startsWith("Expected nothing: below the position");
                    });
        }
    }

    @Test
    void theFactsOfAnErasedTenantBeginBehindTheErasure() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> locked = verified.decision(2);
            Position own = Position.of(locked.headers()).orElseThrow();
            assertThat(verified.verify(locked, erasedAt(own)).findings())
                    .as("nothing is known behind the erasure")
                    .isNotEmpty();
            assertThat(verified.verify(locked, erasedAt(verified.logs().end())).holds())
                    .as("erased later")
                    .isTrue();
        }
    }

    @Test
    void aTombstoneOfATenantThatWasErasedLaterIsNotVerifiable() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> first = verified.decision(0);
            Report report = verified.verify(
                    with(first, null, first.headers()), erasedAt(verified.logs().end()));
            assertThat(report.findings()).isEmpty();
            assertThat(report.unverifiable())
                    .singleElement()
                    .satisfies(left -> assertThat(left.sentence()).startsWith("The tenant was erased later"));
        }
    }

    private static ErasurePositions erasedAt(Position position) {
        ErasurePositions erasures = new ErasurePositions();
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "cmk.erasures",
                0,
                0,
                Erasure.sha256(new TenantId("contoso")).getBytes(StandardCharsets.UTF_8),
                new byte[0]);
        record.headers().add(Position.HEADER, position.toString().getBytes(StandardCharsets.US_ASCII));
        erasures.take(record);
        return erasures;
    }

    /// An output, what is changed in it, and the rule that says otherwise.
    private record Forged(Topic topic, Consumer<SpecificRecord> change, Rule rule) {}

    private static Stream<Forged> forged() {
        return Stream.of(
                new Forged(
                        Topic.ENCRYPTION_DECISIONS,
                        value -> set(value, "encryptionState", EncryptionState.DELETED),
                        Rule.R1),
                new Forged(
                        Topic.ENCRYPTION_DECISIONS,
                        value -> set(value, "suppressedSinks", List.of("elsewhere")),
                        Rule.R15),
                new Forged(
                        Topic.ENCRYPTION_DECISIONS,
                        value -> set(((EncryptionDecision) value).getCause(), "eventId", "another"),
                        Rule.R15),
                new Forged(Topic.WARNINGS, value -> set(value, "message", "All is well."), Rule.R15),
                new Forged(Topic.ANALYTICS_SUPPRESSIONS, value -> set(value, "reason", Rule.R9.name()), Rule.R15));
    }

    @Test
    void whatWasChangedInAnOutputIsFound() {
        try (Verified verified = new Verified(STORY)) {
            forged().forEach(forged -> {
                ConsumerRecord<byte[], byte[]> output = verified.outputs().stream()
                        .filter(record -> record.topic().equals(TopologyHarness.NAMES.name(forged.topic())))
                        .reduce((_, last) -> last)
                        .orElseThrow();
                Report report = verified.verify(verified.changed(output, forged.change()));
                assertThat(report.findings())
                        .as(forged.toString())
                        .extracting(
                                ProofFinding::topic,
                                ProofFinding::offset,
                                finding -> finding.rule().orElseThrow())
                        .containsExactly(tuple(output.topic(), output.offset(), forged.rule()));
            });
        }
    }

    @Test
    void anOutputThatRestsOnALostEventIsFound() {
        try (Verified verified = new Verified(STORY)) {
            List<ConsumerRecord<byte[], byte[]>> outputs = verified.outputs();
            ConsumerRecord<byte[], byte[]> locked = outputs.stream()
                    .filter(record -> record.topic().equals(TopologyHarness.NAMES.decisions()))
                    .skip(2)
                    .findFirst()
                    .orElseThrow();
            verified.forget(STORY[2]);
            assertThat(verified.verify(locked).findings()).isNotEmpty();
        }
    }

    @Test
    void aTombstoneOfAKnownEnvironmentIsFound() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> last = verified.outputs().getFirst();
            Report report = verified.verify(with(last, null, last.headers()));
            assertThat(report.findings())
                    .extracting(finding -> finding.rule().orElseThrow())
                    .containsExactly(Rule.R24);
        }
    }

    @Test
    void aWarningAboutTheLimitOfATenantIsNotVerifiable() {
        try (Verified verified =
                new Verified(clean(1, "contoso", "hr"), limit(1, "contoso", 1), applied(2, "contoso", "hr", "k1"))) {
            Report report = verified.outputs().stream()
                    .filter(record -> new String(record.key(), StandardCharsets.UTF_8).contains("//"))
                    .map(verified::verify)
                    .findFirst()
                    .orElseThrow();
            assertThat(report.holds()).isFalse();
            assertThat(report.findings()).isEmpty();
        }
    }

    @Test
    void whatRetentionHasDeletedIsNotVerifiable() {
        try (Verified verified = new Verified(STORY)) {
            OutputVerification verification =
                    verified.verification(verified.outputs().getLast());
            verification.requireThatNothingIsMissing(Map.of(new TopicPartition("cmk.key-revoked", 0), 1L));
            Report report = verification.verify(verified.logs(), new ErasurePositions());
            assertThat(report.holds()).isFalse();
            assertThat(report.unverifiable())
                    .singleElement()
                    .satisfies(left -> assertThat(left.topic()).isEqualTo("cmk.key-revoked"));
        }
    }

    /// The first offset of `rerouted`, the application, and what is not verifiable.
    @ParameterizedTest
    @CsvSource({
        "0, keyward-test,",
        "1, keyward-test, Retention has deleted records of cmk.rerouted",
        "0, keyward-test-g2, The application was moved to more partitions",
        "0, keyward-g2-test,"
    })
    void whatMayBeMissingIsNotVerifiable(long beginning, String application, String sentence) {
        try (Verified verified = new Verified(STORY)) {
            OutputVerification verification =
                    verified.verification(verified.outputs().getLast(), application, Optional.empty());
            verification.requireThatNothingIsMissing(Map.of(new TopicPartition("cmk.rerouted", 0), beginning));
            Report report = verification.verify(verified.logs(), new ErasurePositions());
            assertThat(report.findings()).isEmpty();
            assertThat(report.unverifiable())
                    .hasSize(sentence == null ? 0 : 1)
                    .allSatisfy(left -> assertThat(left.sentence()).startsWith(sentence));
        }
    }

    /// A base that was made so many milliseconds after the record.
    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void theFactsOfABaseCountIfTheRecordIsNewer(long after, boolean holds, @TempDir Path folder) throws IOException {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> locked = verified.decision(2);
            RowFile.write(folder.resolve(Base.file(0)), verified.factsBefore(STORY[2]));
            Position covered = Position.of(0, Map.of(Topic.ENVIRONMENT_CHANGED, 1L, Topic.POLICY_APPLIED, 1L));
            Base base = new Base(
                    Base.FORMAT,
                    "keyward-test-g2",
                    1,
                    List.of(new Base.LogEnds(covered.toString(), 0, Map.of())),
                    Instant.ofEpochMilli(locked.timestamp() + after).toString(),
                    "",
                    "",
                    Map.of());
            OutputVerification verification =
                    verified.verification(locked, "keyward-test-g2", Optional.of(new BaseFolder(folder, base)));
            verification.requireThatNothingIsMissing(Map.of(new TopicPartition("cmk.policy-applied", 0), 1L));
            Report report = verification.verify(verified.logs().readTo(covered), new ErasurePositions());
            assertThat(report.findings()).isEmpty();
            assertThat(report.unverifiable())
                    .hasSize(holds ? 0 : 1)
                    .allSatisfy(left -> assertThat(left.sentence()).contains("newer than the record"));
            assertThat(report.outputs()).isEqualTo(holds ? 1 : 0);
        }
    }

    @Test
    void aRecordWithoutAPositionCannotBeVerifiedAlone() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> output = verified.outputs().getFirst();
            assertThatThrownBy(() -> verified.verify(with(output, output.value(), new RecordHeaders())))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining(Position.HEADER);
        }
    }

    private static void set(SpecificRecord record, String field, Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
    }

    private static ConsumerRecord<byte[], byte[]> with(
            ConsumerRecord<byte[], byte[]> record, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                record.key(),
                value,
                headers,
                Optional.empty());
    }

    /// A topology that has decided some events, and what it has written.
    static final class Verified implements AutoCloseable {
        private final TopologyHarness topology = TopologyHarness.start(PROFILE, FlowObserver.NONE);
        private final Subject subject =
                new Subject(Map.of(), "keyward-test", TopologyHarness.NAMES, PROFILE, topology.registry());
        private final List<ConsumerRecord<byte[], byte[]>> outputs = new ArrayList<>();
        private final List<Event> inputs;

        Verified(Event... events) {
            inputs = new ArrayList<>(List.of(events));
            inputs.forEach(topology::send);
            for (Topic topic : List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS)) {
                List<TestRecord<String, byte[]>> written = topology.rawOutput(topic);
                for (int offset = 0; offset < written.size(); offset++) {
                    TestRecord<String, byte[]> record = written.get(offset);
                    outputs.add(new ConsumerRecord<>(
                            TopologyHarness.NAMES.name(topic),
                            0,
                            offset,
                            record.timestamp(),
                            TimestampType.CREATE_TIME,
                            -1,
                            -1,
                            record.key().getBytes(StandardCharsets.UTF_8),
                            record.value(),
                            record.headers(),
                            Optional.empty()));
                }
            }
        }

        List<ConsumerRecord<byte[], byte[]>> outputs() {
            return List.copyOf(outputs);
        }

        /// Lets an event be another one that changes nothing.
        void forget(Event event) {
            inputs.replaceAll(other -> other.equals(event) ? revoked(1, "nobody", "k") : other);
        }

        InMemoryPartition logs() {
            return new InMemoryPartition(topology, subject).with(inputs.toArray(Event[]::new));
        }

        /// The rows of a topology that has decided the events before that one.
        SortedMap<String, SortedMap<Bytes, byte[]>> factsBefore(Event event) {
            SortedMap<String, SortedMap<Bytes, byte[]>> rows = new TreeMap<>();
            try (TopologyHarness before = TopologyHarness.start(PROFILE, FlowObserver.NONE)) {
                inputs.subList(0, inputs.indexOf(event)).forEach(before::send);
                InMemoryPartition partition = new InMemoryPartition(before, subject).rowsOf(before);
                FactRows.STORES.forEach(store -> rows.put(store, new TreeMap<>(partition.rows(store))));
            }
            return rows;
        }

        OutputVerification verification(ConsumerRecord<byte[], byte[]> output) {
            return verification(output, subject.applicationId(), Optional.empty());
        }

        OutputVerification verification(
                ConsumerRecord<byte[], byte[]> output, String application, Optional<BaseFolder> base) {
            Admission admission = new Admission(
                    new EventReader(ValueSerde.own(topology.registry(), SerializerSettings.DEFAULT)),
                    TopologyHarness.NAMES,
                    Bounds.DEFAULT);
            Subject of = new Subject(Map.of(), application, TopologyHarness.NAMES, PROFILE, topology.registry());
            return new OutputVerification(new InputProof(of, admission, base, ProofProgress.NONE), output);
        }

        Report verify(ConsumerRecord<byte[], byte[]> output) {
            return verify(output, new ErasurePositions());
        }

        Report verify(ConsumerRecord<byte[], byte[]> output, ErasurePositions erasures) {
            return verification(output).verify(logs(), erasures);
        }

        /// A decision, by its place among the decisions.
        ConsumerRecord<byte[], byte[]> decision(int number) {
            return outputs.stream()
                    .filter(record -> record.topic().equals(TopologyHarness.NAMES.decisions()))
                    .skip(number)
                    .findFirst()
                    .orElseThrow();
        }

        ConsumerRecord<byte[], byte[]> changed(ConsumerRecord<byte[], byte[]> output, Consumer<SpecificRecord> change) {
            SpecificRecord value =
                    (SpecificRecord) TopicSchemas.reader(topology.registry(), Topic.withSchema(Topic.Direction.OUT))
                            .deserialize(output.topic(), output.headers(), output.value());
            change.accept(value);
            return with(
                    output,
                    new AvroSerializer(topology.registry(), SerializerSettings.DEFAULT)
                            .serialize(output.topic(), value),
                    output.headers());
        }

        @Override
        public void close() {
            topology.close();
        }
    }
}
