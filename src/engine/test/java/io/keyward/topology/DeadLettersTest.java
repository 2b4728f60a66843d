package io.keyward.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Coordinates;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Outcome;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest {
    private static final int LIMIT = 4_000;
    private static final OriginCoordinates ORIGIN = new OriginCoordinates("cmk.policy-applied", 3, 41);
    private static final String EXCEPTION = "io.keyward.domain.id.RefusedException";

    private final RecordHeaders received = new RecordHeaders();

    @Test
    void aLetterSaysWhyAndWhereInTheTermsOfKafkaStreamsAndInOurs() {
        received.add("traceparent", "00-abc".getBytes(UTF_8));
        assertThat(headers(deadLetter(bytes(3), bytes(7))))
                .isEqualTo(Map.of(
                        "traceparent",
                        List.of("00-abc"),
                        "__streams.errors.exception",
                        List.of(EXCEPTION),
                        "__streams.errors.message",
                        List.of("tenantId is blank."),
                        "__streams.errors.stacktrace",
                        List.of(EXCEPTION + ": tenantId is blank."),
                        "__streams.errors.topic",
                        List.of("cmk.policy-applied"),
                        "__streams.errors.partition",
                        List.of("3"),
                        "__streams.errors.offset",
                        List.of("41"),
                        "keyward.reason",
                        List.of("INVALID_ID"),
                        "keyward.detail",
                        List.of("tenantId is blank.")));
    }

    @Test
    void itsReadersFindThePlaceTheReasonAndWhatWasReceived() {
        received.add("traceparent", "00-abc".getBytes(UTF_8));
        Headers written = deadLetter(bytes(3), bytes(7)).headers();
        assertThat(DeadLetterHeaders.coordinates(written)).contains(new Coordinates("cmk.policy-applied", 3, 41));
        assertThat(DeadLetterHeaders.refusal(written))
                .contains(new Outcome.Refused("INVALID_ID", "tenantId is blank."));
        assertThat(DeadLetters.asReceived(written)).extracting(Header::key).containsExactly("traceparent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"__streams.errors.topic", "__streams.errors.partition", "__streams.errors.offset"})
    void withoutOneOfThemNoPlaceIsNamed(String missing) {
        Headers written = deadLetter(bytes(3), bytes(7)).headers();
        written.remove(missing);
        assertThat(DeadLetterHeaders.coordinates(written)).isEmpty();
        written.add(missing, new byte[] {'-', '1'});
        assertThat(DeadLetterHeaders.coordinates(written).isEmpty()).isEqualTo(!missing.endsWith("topic"));
    }

    @Test
    void aRecordWithoutAReasonIsNotADeadLetterOfKeyward() {
        assertThat(DeadLetterHeaders.refusal(received)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 2 * LIMIT})
    void itNamesTheOriginInKafkaStreamsTermsAloneWhetherWholeOrCut(int length) {
        received.add(OriginCoordinates.HEADER, "cmk.key-revoked/5/77".getBytes(UTF_8));
        received.add(OriginCoordinates.HEADER, "cmk.key-revoked/5/78".getBytes(UTF_8));
        assertThat(headers(deadLetter(bytes(3), bytes(length)))).doesNotContainKey(OriginCoordinates.HEADER);
    }

    @Test
    void whatAProducerPutUnderOurNamesIsReplaced() {
        String[] ours = {"keyward.reason", "keyward.detail", "__streams.errors.topic", "__streams.errors.offset"};
        for (String name : ours) {
            received.add(name, "forged".getBytes(UTF_8));
        }
        assertThat(headers(deadLetter(bytes(3), bytes(7))))
                .containsKeys(ours)
                .allSatisfy((name, values) -> assertThat(values).hasSize(1).doesNotContain("forged"));
    }

    @Test
    void aRecordIsWholeUpToTheLimitAndCutFromThereOn() {
        Record<byte[], byte[]> small = deadLetter(bytes(3), bytes(7));
        int room = LIMIT - (int) RecordSize.of(small) + 7;

        Record<byte[], byte[]> complete = deadLetter(bytes(3), bytes(room));
        assertThat(complete.value()).hasSize(room);
        assertThat(headers(complete)).doesNotContainKey(DeadLetters.TRUNCATED);

        Record<byte[], byte[]> cut = deadLetter(bytes(3), bytes(room + 1));
        assertThat(RecordSize.of(cut)).isEqualTo(LIMIT);
        assertThat(bytes(room + 1)).startsWith(cut.value());
        assertThat(headers(cut)).containsEntry(DeadLetters.TRUNCATED, List.of(Integer.toString(room + 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 2 * LIMIT})
    void whatAnEarlierLetterSaidOfWhatWasLeftOutOfItIsNotSaidOfThisOne(int length) {
        received.add(DeadLetters.TRUNCATED, "20000000".getBytes(UTF_8));
        List<String> truncated =
                headers(deadLetter(bytes(3), bytes(length))).getOrDefault(DeadLetters.TRUNCATED, List.of());
        assertThat(truncated).isEqualTo(length > LIMIT ? List.of(Integer.toString(length)) : List.of());
    }

    @Test
    void ofALargeKeyTheFirstThousandBytesStay() {
        Record<byte[], byte[]> cut = deadLetter(bytes(LIMIT), bytes(7));
        assertThat(cut.key()).isEqualTo(Arrays.copyOf(bytes(LIMIT), 1_000));
        assertThat(cut.value()).isEqualTo(bytes(7));
        assertThat(headers(cut)).containsEntry(DeadLetters.TRUNCATED, List.of("7"));
        assertThat(deadLetter(bytes(1_000), bytes(LIMIT)).key()).isEqualTo(bytes(1_000));
    }

    @Test
    void aLargeKeyIsTruncatedIfThereIsNoValue() {
        Record<byte[], byte[]> cut = deadLetter(bytes(LIMIT), null);
        assertThat(cut.key()).hasSize(1_000);
        assertThat(cut.value()).isNull();
    }

    @Test
    void aDetailHasAtMostAThousandCharacters() {
        String longest = "x".repeat(1_000);
        assertThat(detail(longest)).isEqualTo(longest);
        assertThat(detail(longest + "y")).isEqualTo(longest + "…");
    }

    private String detail(String detail) {
        RefusedException why = new RefusedException(RefusalCode.UNREADABLE, detail);
        return headers(deadLetter(bytes(3), bytes(7), why))
                .get("keyward.detail")
                .getFirst();
    }

    private Record<byte[], byte[]> deadLetter(byte[] key, byte[] value) {
        return deadLetter(key, value, new RefusedException(RefusalCode.INVALID_ID, "tenantId is blank."));
    }

    private Record<byte[], byte[]> deadLetter(byte[] key, byte[] value, RefusedException why) {
        return DeadLetters.of(new Record<>(key, value, 7L, received), ORIGIN, why, LIMIT);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Map<String, List<String>> headers(Record<?, ?> deadLetter) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (Header header : deadLetter.headers()) {
            headers.merge(
                    header.key(),
                    List.of(new String(header.value(), UTF_8)),
                    (a, b) -> List.of(a.getFirst(), b.getFirst()));
        }
        return headers;
    }
}
