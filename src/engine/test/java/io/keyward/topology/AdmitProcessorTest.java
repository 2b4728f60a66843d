package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.revoked;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.avro.EventWriter;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.StateDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdmitProcessorTest {
    private static final byte[] TENANT = "contoso".getBytes(UTF_8);
    private static final Event POLICY = applied(2, "contoso", "hr", "k1");
    private static final Event REVOCATION = revoked(2, "contoso", "k1");

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final List<LogSubject> observed = new ArrayList<>();
    private final AdmitProcessor admission = admission(RefusalLimits.DEFAULT);

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(day(2).toEpochMilli());
        admission.init(context);
    }

    /// How a record is corrupted.
    interface Fault {
        byte[] spoil(AdmitProcessorTest test);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("no value", "MISSING_VALUE", "has no value", t -> null),
                row("nothing", "UNREADABLE", "", t -> new byte[0]),
                row("text", "UNREADABLE", "", t -> "{\"eventId\":\"e1\"}".getBytes(UTF_8)),
                row("a schema id that is not registered", "UNREADABLE", "99", t -> new byte[] {0, 0, 0, 0, 99, 2}),
                row("a truncated event", "UNREADABLE", "", t -> {
                    byte[] complete = t.bytesOf(Topic.POLICY_APPLIED, POLICY);
                    return Arrays.copyOf(complete, complete.length - 3);
                }),
                row(
                        "an event of another topic",
                        "WRONG_SCHEMA",
                        "io.keyward.event.EnvironmentChanged",
                        t -> t.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(1, "contoso", "hr"))),
                row("an id with a slash", "INVALID_ID", "tenantId", t -> t.replaced("contoso", "cont/so")),
                row("a blank id", "INVALID_ID", "environmentId", t -> t.replaced("hr", "  ")),
                row("a control character", "INVALID_ID", "tenantId", t -> t.replaced("contoso", "cont\u0007so")));
    }

    @ParameterizedTest(name = "{0} is refused as {1}")
    @MethodSource("refused")
    void whatIsNotAnEventGoesToTheDeadLettersAndTheRestFlowsOn(String what, String reason, String named, Fault fault) {
        byte[] spoilt = fault.spoil(this);
        Record<byte[], byte[]> deadLetter = deadLetter(Topic.POLICY_APPLIED, record(spoilt, new RecordHeaders()));
        assertThat(deadLetter.key()).isEqualTo(TENANT);
        assertThat(deadLetter.value()).isEqualTo(spoilt);
        assertThat(text(deadLetter, DeadLetterHeaders.REASON)).isEqualTo(reason);
        assertThat(text(deadLetter, DeadLetterHeaders.DETAIL)).contains(named).isNotBlank();
        assertThat(coordinates(deadLetter)).isEqualTo("cmk.policy-applied 3 41");
        assertThat(observed).containsExactly(new LogSubject("cmk.policy-applied", 3, 41, Optional.empty()));
        assertThat(admitted(Topic.POLICY_APPLIED, record(bytesOf(Topic.POLICY_APPLIED, POLICY), new RecordHeaders()))
                        .event())
                .isEqualTo(POLICY);
    }

    @Test
    void anEventGoesOnUnderItsTenantWithItsBytesItsTimeAndItsHeaders() {
        byte[] bytes = bytesOf(Topic.POLICY_APPLIED, POLICY);
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", TENANT);
        Record<?, ?> forwarded = receive(
                Topic.POLICY_APPLIED,
                record(bytes, headers).withKey((byte[]) null).withTimestamp(7L + day(2).toEpochMilli()));
        assertThat(context.forwarded().getFirst().childName()).contains(Nodes.ROUTE);
        assertThat(forwarded.key()).isEqualTo("contoso");
        assertThat(forwarded.timestamp()).isEqualTo(7L + day(2).toEpochMilli());
        assertThat(forwarded.headers()).isEqualTo(headers);
        Admitted admitted = (Admitted) forwarded.value();
        assertThat(admitted.event()).isEqualTo(POLICY);
        assertThat(admitted.origin()).isEqualTo(new OriginCoordinates("cmk.policy-applied", 3, 41));
        assertThat(admitted.received()).isSameAs(bytes);
    }

    /// A producer that may write one input must not be able to state facts of another one, neither by a
    /// header nor by the bytes.
    @ParameterizedTest
    @EnumSource(
            names = {"KEY_REVOKED"},
            mode = EnumSource.Mode.EXCLUDE)
    void whoWritesAnotherTopicStatesNoRevocationHoweverItsHeaderPutsIt(Topic writable) {
        Record<byte[], byte[]> deadLetter = deadLetter(
                writable, record(bytesOf(Topic.KEY_REVOKED, REVOCATION), from("cmk." + writable.baseName() + "/0/0")));
        assertThat(text(deadLetter, DeadLetterHeaders.REASON)).isEqualTo("WRONG_SCHEMA");
        if (writable != Topic.REROUTED) {
            deadLetter =
                    deadLetter(writable, record(bytesOf(Topic.KEY_REVOKED, REVOCATION), from("cmk.key-revoked/0/0")));
            assertThat(text(deadLetter, DeadLetterHeaders.REASON)).isEqualTo("WRONG_SCHEMA");
            assertThat(coordinates(deadLetter)).isEqualTo("cmk." + writable.baseName() + " 3 41");
        }
    }

    @Test
    void aReroutedRecordIsAdmittedAsFromTheInputThatItWasReadFrom() {
        Record<byte[], byte[]> rerouted = record(bytesOf(Topic.KEY_REVOKED, REVOCATION), from("cmk.key-revoked/5/77"));
        Admitted admitted = admitted(Topic.REROUTED, rerouted);
        assertThat(admitted.event()).isEqualTo(REVOCATION);
        assertThat(admitted.origin()).isEqualTo(new OriginCoordinates("cmk.key-revoked", 5, 77));
    }

    @Test
    void aReroutedRecordThatIsRefusedIsNamedByThePlaceThatItsProducerKnows() {
        Record<byte[], byte[]> deadLetter =
                deadLetter(Topic.REROUTED, record(new byte[0], from("cmk.key-revoked/5/77")));
        assertThat(coordinates(deadLetter)).isEqualTo("cmk.key-revoked 5 77");
        assertThat(observed).containsExactly(new LogSubject("cmk.key-revoked", 5, 77, Optional.empty()));
    }

    @Test
    void whatAnotherProducerWritesToReroutedIsNotAnEvent() {
        Record<byte[], byte[]> deadLetter =
                deadLetter(Topic.REROUTED, record(bytesOf(Topic.KEY_REVOKED, REVOCATION), new RecordHeaders()));
        assertThat(text(deadLetter, DeadLetterHeaders.REASON)).isEqualTo("WRONG_SCHEMA");
        assertThat(text(deadLetter, DeadLetterHeaders.DETAIL)).contains("cmk.rerouted carries no events");
        assertThat(coordinates(deadLetter)).isEqualTo("cmk.rerouted 3 41");
    }

    @Test
    void anEventFiveMinutesAheadOfTheBrokerIsAcceptedAndAnyLaterRefused() {
        Instant fiveMinutesBefore = day(2).minus(Duration.ofMinutes(5));
        byte[] bytes = bytesOf(Topic.POLICY_APPLIED, POLICY);
        assertThat(admitted(
                                Topic.POLICY_APPLIED,
                                record(bytes, new RecordHeaders()).withTimestamp(fiveMinutesBefore.toEpochMilli()))
                        .event())
                .isEqualTo(POLICY);
        Record<byte[], byte[]> deadLetter = deadLetter(
                Topic.POLICY_APPLIED,
                record(bytes, new RecordHeaders()).withTimestamp(fiveMinutesBefore.toEpochMilli() - 1));
        assertThat(text(deadLetter, DeadLetterHeaders.REASON)).isEqualTo("TIMESTAMP_IN_FUTURE");
        assertThat(text(deadLetter, DeadLetterHeaders.DETAIL))
                .contains("occurredAt is 2026-03-02T00:00:00Z, more than PT5M after", "2026-03-01T23:54:59.999Z");
        assertThat(observed)
                .containsExactly(new LogSubject("cmk.policy-applied", 3, 41, Optional.of("applied-2-contoso-hr")));
    }

    @Test
    void headersOfTheProducerStayOnTheDeadLetter() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", TENANT);
        Record<byte[], byte[]> deadLetter = deadLetter(Topic.POLICY_APPLIED, record(null, headers));
        assertThat(text(deadLetter, "traceparent")).isEqualTo("contoso");
    }

    @Test
    void whatIsTooLargeToBePassedOnIsRefusedAndCutWithItsPlaceAndItsLength() {
        byte[] large = Arrays.copyOf(bytesOf(Topic.POLICY_APPLIED, POLICY), 5_000_000);
        RecordHeaders headers = new RecordHeaders();
        headers.add("large", new byte[900_000]);
        headers.add("traceparent", TENANT);
        Record<byte[], byte[]> deadLetter =
                deadLetter(Topic.POLICY_APPLIED, record(large, headers).withKey(new byte[2_000_000]));
        assertThat(text(deadLetter, DeadLetterHeaders.REASON)).isEqualTo("TOO_LARGE");
        assertThat(text(deadLetter, DeadLetters.TRUNCATED)).isEqualTo("5000000");
        assertThat(text(deadLetter, DeadLetterHeaders.OFFSET)).isEqualTo("41");
        assertThat(text(deadLetter, "traceparent")).isEqualTo("contoso");
        assertThat(deadLetter.headers().lastHeader("large")).isNull();
        assertThat(large).startsWith(deadLetter.value());
        assertThat(deadLetter.value()).hasSizeGreaterThan(1_000_000);
        assertThat(RecordSize.of(deadLetter)).isEqualTo(RecordLimits.DEFAULT.deadLetter());
    }

    @Test
    void aRecordOfTheLargestSizeThatIsTakenStaysCompleteAsADeadLetter() {
        byte[] value = new byte[RecordLimits.DEFAULT.admitted() - 100 - TENANT.length];
        assertThat(text(deadLetter(Topic.POLICY_APPLIED, record(value, new RecordHeaders())), DeadLetterHeaders.REASON))
                .isEqualTo("UNREADABLE");
        byte[] larger = Arrays.copyOf(value, value.length + 1);
        assertThat(text(
                        deadLetter(Topic.POLICY_APPLIED, record(larger, new RecordHeaders())),
                        DeadLetterHeaders.REASON))
                .isEqualTo("TOO_LARGE");
    }

    @Test
    void refusalsFromAllSidesStopTheInstanceUnlessSomethingIsAccepted() {
        RefusalLimits limits = new RefusalLimits(2, 1, 10, Duration.ofMinutes(1));
        Record<byte[], byte[]> bad = record(null, new RecordHeaders());

        AdmitProcessor failing = started(limits);
        failing.process(at(Topic.POLICY_APPLIED, bad));
        assertThatThrownBy(() -> failing.process(at(Topic.KEY_REVOKED, bad)))
                .isInstanceOf(SystemicRefusalException.class)
                .hasMessageContaining("offset 41 of cmk.key-revoked partition 3");

        AdmitProcessor working = started(limits);
        working.process(at(Topic.POLICY_APPLIED, bad));
        working.process(at(Topic.POLICY_APPLIED, record(bytesOf(Topic.POLICY_APPLIED, POLICY), new RecordHeaders())));
        working.process(at(Topic.KEY_REVOKED, bad));
        assertThat(context.forwarded()).hasSize(4);
    }

    @Test
    void nothingIsAdmittedOrRefusedWhileThePartitionIsParked() {
        ParkedPartitions parked = new ParkedPartitions();
        parked.park(0, "a row is lost", Optional.empty());
        StateDigest stateDigest = StateDigest.of(List.of(), _ -> null).orElseThrow();
        TaskPosition position = new TaskPosition(Position.start(0), TopologyHarness.NAMES);
        AdmitProcessor waiting = admission(
                RefusalLimits.DEFAULT,
                new TaskState(
                        position,
                        new CompleteState(FlowObserver.NONE, parked),
                        Optional.of(new CompleteState.Task(0, stateDigest, true, Optional.empty()))));
        waiting.init(context);
        for (byte[] value : new byte[][] {bytesOf(Topic.POLICY_APPLIED, POLICY), new byte[0]}) {
            assertThatThrownBy(() -> waiting.process(at(Topic.POLICY_APPLIED, record(value, new RecordHeaders()))))
                    .isInstanceOf(TaskMigratedException.class)
                    .hasMessageStartingWith("Partition 0 is parked");
        }
        assertThat(context.forwarded()).isEmpty();
        assertThat(observed).isEmpty();
        assertThat(Position.of(new RecordHeaders(List.of(position.header())))).contains(Position.start(0));
    }

    private AdmitProcessor started(RefusalLimits limits) {
        AdmitProcessor other = admission(limits);
        other.init(context);
        return other;
    }

    private AdmitProcessor admission(RefusalLimits limits) {
        TaskPosition position = new TaskPosition(Position.start(0), TopologyHarness.NAMES);
        return admission(limits, new TaskState(position, CompleteState.unchecked(), Optional.empty()));
    }

    private AdmitProcessor admission(RefusalLimits limits, TaskState task) {
        Flow flow = new Flow(
                TopologyHarness.NAMES,
                12,
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                Bounds.DEFAULT.withRefusals(limits),
                () -> Instant.EPOCH);
        FlowObserver observer = new FlowObserver() {
            @Override
            public void refused(String topic, RefusedException why, LogSubject about) {
                observed.add(about);
            }
        };
        Ports ports = TestPorts.of(registry, observer);
        ports.progress().taskStarted(0, task);
        return new AdmitProcessor(flow, ports, new RefusalWatch(limits));
    }

    private Record<byte[], byte[]> at(Topic topic, Record<byte[], byte[]> received) {
        context.setRecordMetadata(TopologyHarness.NAMES.name(topic), 3, 41);
        return received;
    }

    /// The one record that follows from one that is received.
    private Record<?, ?> receive(Topic topic, Record<byte[], byte[]> received) {
        context.resetForwards();
        observed.clear();
        admission.process(at(topic, received));
        assertThat(context.forwarded()).hasSize(1);
        return context.forwarded().getFirst().record();
    }

    private Admitted admitted(Topic topic, Record<byte[], byte[]> received) {
        return (Admitted) receive(topic, received).value();
    }

    private Record<byte[], byte[]> deadLetter(Topic topic, Record<byte[], byte[]> received) {
        Record<?, ?> deadLetter = receive(topic, received);
        assertThat(context.forwarded().getFirst().childName()).contains(Nodes.write(Topic.DEAD_LETTERS));
        return deadLetter.withKey((byte[]) deadLetter.key()).withValue((byte[]) deadLetter.value());
    }

    private byte[] bytesOf(Topic topic, Event event) {
        return serializer.serialize(TopologyHarness.NAMES.name(topic), EventWriter.write(event, ""));
    }

    /// The bytes of a policy event in which a text is replaced by another one of the same length.
    private byte[] replaced(String text, String other) {
        String all = new String(bytesOf(Topic.POLICY_APPLIED, POLICY), ISO_8859_1);
        char length = (char) (2 * text.length());
        return all.replace(length + text, length + other).getBytes(ISO_8859_1);
    }

    private static Record<byte[], byte[]> record(byte[] value, Headers headers) {
        return new Record<>(TENANT, value, day(2).toEpochMilli(), headers);
    }

    private static Headers from(String origin) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(OriginCoordinates.HEADER, origin.getBytes(UTF_8));
        return headers;
    }

    private static Arguments row(String what, String reason, String named, Fault fault) {
        return Arguments.of(what, reason, named, fault);
    }

    private static String coordinates(Record<?, ?> deadLetter) {
        return text(deadLetter, DeadLetterHeaders.TOPIC) + " " + text(deadLetter, DeadLetterHeaders.PARTITION) + " "
                + text(deadLetter, DeadLetterHeaders.OFFSET);
    }

    private static String text(Record<?, ?> deadLetter, String header) {
        return new String(deadLetter.headers().lastHeader(header).value(), UTF_8);
    }
}
