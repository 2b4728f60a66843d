package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    private static final byte[] TENANT = "contoso".getBytes(StandardCharsets.UTF_8);
    private static final Event POLICY = applied(2, "contoso", "hr", "k1");

    private final TopologyHarness topology = TopologyHarness.start();

    @AfterEach
    void stop() {
        topology.close();
    }

    /// How a record is spoilt.
    interface Fault {
        byte[] spoil(TopologyHarness topology);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("no value", "MISSING_VALUE", "has no value", t -> null),
                row("nothing", "UNREADABLE", "", t -> new byte[0]),
                row("text", "UNREADABLE", "", t -> "{\"eventId\":\"e1\"}".getBytes(StandardCharsets.UTF_8)),
                row("a schema id nobody registered", "UNREADABLE", "99", t -> new byte[] {0, 0, 0, 0, 99, 2}),
                row("a truncated event", "UNREADABLE", "", t -> {
                    byte[] whole = t.bytesOf(Topic.POLICY_APPLIED, POLICY);
                    return Arrays.copyOf(whole, whole.length - 3);
                }),
                row(
                        "an event of another topic",
                        "WRONG_SCHEMA",
                        "io.keyward.event.EnvironmentChanged",
                        t -> t.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(1, "contoso", "hr"))),
                row("an id with a slash", "INVALID_ID", "tenantId", t -> replaced(t, "contoso", "cont/so")),
                row("a blank id", "INVALID_ID", "environmentId", t -> replaced(t, "hr", "  ")),
                row("a control character", "INVALID_ID", "tenantId", t -> replaced(t, "contoso", "cont\u0007so")));
    }

    @ParameterizedTest(name = "{0} is refused as {1}")
    @MethodSource("refused")
    void whatIsNoEventGoesToTheDeadLettersAndTheRestFlowsOn(String what, String reason, String named, Fault fault) {
        topology.receive(
                Topic.POLICY_APPLIED, new TestRecord<>(TENANT, fault.spoil(topology), new RecordHeaders(), day(2)));

        List<TestRecord<byte[], byte[]>> letters = topology.deadLetters();
        assertThat(letters).hasSize(1);
        TestRecord<byte[], byte[]> letter = letters.getFirst();
        assertThat(letter.key()).isEqualTo(TENANT);
        assertThat(letter.value()).isEqualTo(fault.spoil(topology));
        assertThat(text(letter.headers(), DeadLetters.REASON)).isEqualTo(reason);
        assertThat(text(letter.headers(), DeadLetters.DETAIL)).contains(named).isNotBlank();
        assertThat(text(letter.headers(), DeadLetters.TOPIC)).isEqualTo("cmk.policy-applied");
        assertThat(text(letter.headers(), DeadLetters.PARTITION)).isEqualTo("0");
        assertThat(text(letter.headers(), DeadLetters.OFFSET)).isEqualTo("0");
        assertThat(topology.when(POLICY)).isNotEmpty();
        assertThat(topology.deadLetters()).isEmpty();
    }

    @Test
    void anEventFiveMinutesAheadOfTheBrokerIsAcceptedAndAnyLaterRefused() {
        assertThat(reasonsWhenTheBrokersTimeIs(day(2).minus(Duration.ofMinutes(5))))
                .isEmpty();
        assertThat(reasonsWhenTheBrokersTimeIs(
                        day(2).minus(Duration.ofMinutes(5)).minusMillis(1)))
                .containsExactly("TIMESTAMP_IN_FUTURE");
    }

    @Test
    void headersOfTheProducerStayOnTheDeadLetter() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", TENANT);
        topology.receive(Topic.POLICY_APPLIED, new TestRecord<>(null, null, headers, day(2)));
        assertThat(text(topology.deadLetters().getFirst().headers(), "traceparent"))
                .isEqualTo("contoso");
    }

    @Test
    void whatIsTooLargeToBePassedOnIsRefusedAndCutWithItsPlaceAndItsLength() {
        byte[] large = Arrays.copyOf(topology.bytesOf(Topic.POLICY_APPLIED, POLICY), 5_000_000);
        RecordHeaders headers = new RecordHeaders();
        headers.add("large", new byte[900_000]);
        headers.add("traceparent", TENANT);
        topology.receive(Topic.POLICY_APPLIED, new TestRecord<>(new byte[2_000_000], large, headers, day(2)));

        TestRecord<byte[], byte[]> letter = topology.deadLetters().getFirst();
        assertThat(text(letter.headers(), DeadLetters.REASON)).isEqualTo("TOO_LARGE");
        assertThat(text(letter.headers(), DeadLetters.TRUNCATED)).isEqualTo("5000000");
        assertThat(text(letter.headers(), DeadLetters.OFFSET)).isEqualTo("0");
        assertThat(text(letter.headers(), "traceparent")).isEqualTo("contoso");
        assertThat(letter.headers().lastHeader("large")).isNull();
        assertThat(large).startsWith(letter.value());
        assertThat(letter.value()).hasSizeGreaterThan(1_000_000);
        assertThat(RecordSize.of(new Record<>(letter.key(), letter.value(), 0, letter.headers())))
                .isEqualTo(RecordLimits.USUAL.deadLetter());
        assertThat(topology.when(POLICY)).isNotEmpty();
    }

    @Test
    void aRecordOfTheLargestSizeThatIsTakenStaysWholeAsADeadLetter() {
        byte[] value = new byte[RecordLimits.USUAL.admitted() - 100];
        topology.receive(Topic.POLICY_APPLIED, new TestRecord<>(null, value, new RecordHeaders(), day(2)));
        topology.receive(
                Topic.POLICY_APPLIED,
                new TestRecord<>(null, Arrays.copyOf(value, value.length + 1), new RecordHeaders(), day(2)));
        assertThat(topology.deadLetters())
                .extracting(letter -> text(letter.headers(), DeadLetters.REASON))
                .containsExactly("UNREADABLE", "TOO_LARGE");
    }

    private List<String> reasonsWhenTheBrokersTimeIs(Instant time) {
        topology.receive(
                Topic.POLICY_APPLIED,
                new TestRecord<>(TENANT, topology.bytesOf(Topic.POLICY_APPLIED, POLICY), new RecordHeaders(), time));
        return topology.deadLetters().stream()
                .map(letter -> text(letter.headers(), DeadLetters.REASON))
                .toList();
    }

    private static Arguments row(String what, String reason, String named, Fault fault) {
        return Arguments.of(what, reason, named, fault);
    }

    /// The bytes of a policy event in which a text is replaced by another one of the same length.
    private static byte[] replaced(TopologyHarness topology, String text, String other) {
        byte[] bytes = topology.bytesOf(Topic.POLICY_APPLIED, POLICY);
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        char length = (char) (2 * text.length());
        return all.replace(length + text, length + other).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
