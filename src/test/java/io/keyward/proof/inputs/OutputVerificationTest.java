package io.keyward.proof.inputs;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.keyward.avro.EventReader;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.EncryptionState;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.proof.Finding;
import io.keyward.proof.ProofException;
import io.keyward.proof.Report;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Admission;
import io.keyward.topology.Bounds;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.Position;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

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

    @Provide
    Arbitrary<List<Event>> histories() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    @Property(tries = 60)
    void everyOutputOfAnyHistoryHolds(@ForAll("histories") List<Event> history, @ForAll long seed) {
        try (Verified verified =
                new Verified(EventHistories.disturbed(history, seed).toArray(Event[]::new))) {
            verified.outputs().forEach(output -> {
                Report report = verified.verify(output);
                assertThat(report.findings()).isEmpty();
                assertThat(report.unverifiable())
                        .extracting(Unverifiable::sentence)
                        .allSatisfy(sentence -> assertThat(sentence).contains("limit of a tenant"));
            });
        }
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
                                Finding::topic,
                                Finding::offset,
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
            Report report = verification.verify(verified.logs(), new Erasures());
            assertThat(report.holds()).isFalse();
            assertThat(report.unverifiable())
                    .singleElement()
                    .satisfies(left -> assertThat(left.topic()).isEqualTo("cmk.key-revoked"));
        }
    }

    @Test
    void aRecordWithoutAPositionCannotBeVerifiedAlone() {
        try (Verified verified = new Verified(STORY)) {
            ConsumerRecord<byte[], byte[]> output = verified.outputs().getFirst();
            assertThatThrownBy(() -> verified.verify(with(output, output.value(), new RecordHeaders())))
                    .isInstanceOf(ProofException.class)
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
    private static final class Verified implements AutoCloseable {
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

        OutputVerification verification(ConsumerRecord<byte[], byte[]> output) {
            Admission admission = new Admission(
                    new EventReader(ValueSerde.own(topology.registry(), SerializerSettings.DEFAULT)),
                    TopologyHarness.NAMES,
                    Bounds.DEFAULT);
            return new OutputVerification(subject, admission, Optional.empty(), output);
        }

        Report verify(ConsumerRecord<byte[], byte[]> output) {
            return verification(output).verify(logs(), new Erasures());
        }

        ConsumerRecord<byte[], byte[]> changed(ConsumerRecord<byte[], byte[]> output, Consumer<SpecificRecord> change) {
            SpecificRecord value = (SpecificRecord) AvroDeserializer.specific(
                            topology.registry(),
                            TopicSchemas.of(Topic.Direction.OUT),
                            OutputVerificationTest.class.getClassLoader())
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
