package io.keyward.avro.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyward.domain.decision.TenantState;
import io.keyward.domain.id.KeyId;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the short forms of texts and times in a row.
class RowTextsTest {
    private static final String UUID_TEXT = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final String HEX_TEXT = "0f8fad5bd9cb469fa16570867728950e";
    private static final StateCodec<TenantState> TENANTS = StateCodec.TENANTS;

    private final StateOutput out = new StateOutput();
    private final StateInput in = new StateInput();

    @Test
    void aTextThatOccursAgainTakesOneByteAndIsTheSameObject() throws IOException {
        assertThat(written("contoso", "fabrikam", "contoso", "fabrikam"))
                .isEqualTo("01" + "0e" + "636f6e746f736f" + "10" + "66616272696b616d" + "0b" + "0d");

        List<String> read = read("contoso", "fabrikam", "contoso", "fabrikam");
        assertThat(read.get(2)).isSameAs(read.get(0));
        assertThat(read.get(3)).isSameAs(read.get(1));
    }

    @Test
    void theSinksTakeOneByteAtOnce() throws IOException {
        assertSurvive(4, "APPLICATION_INSIGHTS", "DATA_LAKE_EXPORT", "TENANT_REPORTING");
    }

    @Test
    void aRowStartsWithoutTheTextsOfTheRowBefore() throws IOException {
        String first = written("contoso");

        assertThat(written("contoso")).isEqualTo(first);
        assertSurvive(9, "contoso");
        in.reset(HexFormat.of().parseHex("010b"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(in::text)
                .withMessage("a text has the number 3, but there are only 3");
    }

    @Test
    void hexadecimalDigitsArePacked() throws IOException {
        assertSurvive(18, UUID_TEXT);
        assertSurvive(18, HEX_TEXT);
        assertSurvive(38, UUID_TEXT, HEX_TEXT, UUID_TEXT, HEX_TEXT, "");
        assertSurvive(18, new UUID(-1, -1).toString());
        assertThat(written(UUID_TEXT)).isEqualTo("01" + "01" + HEX_TEXT);
        assertThat(written(HEX_TEXT)).isEqualTo("01" + "03" + HEX_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0F8FAD5B-D9CB-469F-A165-70867728950E",
                "0f8fad5bd-9cb-469f-a165-70867728950e",
                "0f8fad5b-d9cb-469f-a165-7086772895-e",
                "0f8fad5b-d9cb-469f-a165-70867728950g",
                "0f8fad5b0d9cb0469f0a165070867728950e",
                "0F8FAD5BD9CB469FA16570867728950E",
                "0f8fad5b-d9cb-469f-a165-70867728",
                "0f8fad5bd9cb469fa16570867728950/",
                "\u0660f8fad5bd9cb469fa16570867728950e",
                "0f8fad5bd9cb469fa16570867728950\u0130",
                "0f8fad5bd9cb469fa16570867728950",
                "0f8fad5bd9cb469fa16570867728950e0"
            })
    void whatOnlyLooksLikeHexadecimalDigitsIsWrittenOut(String text) throws IOException {
        assertThat(read(text, text)).containsExactly(text, text);
        assertThat(written(text)).hasSizeGreaterThan(2 * text.length());
    }

    @Test
    void textsThatHaveNoNumberAreWrittenOutAgain() throws IOException {
        String[] many = IntStream.range(0, 2 * RowTexts.CAPACITY)
                .mapToObj(i -> "flow-" + i)
                .toArray(String[]::new);
        String[] twice = Stream.of(many, many).flatMap(Stream::of).toArray(String[]::new);

        assertThat(read(twice)).containsExactly(twice);
        assertThat(read("", "1", "\u00e9", "", "1", "\u00e9")).containsExactly("", "1", "\u00e9", "", "1", "\u00e9");
        assertThat(written("1", "1")).isEqualTo("01" + "0231" + "0231");
    }

    @Test
    void aKeyThatOccursAgainIsTheSameObject() throws IOException {
        KeyId key = new KeyId("https://v", "k1");
        KeyId other = new KeyId("https://v", "k2");
        out.reset(StateCodec.VERSION);
        List.of(key, key, other, key).forEach(out::key);

        in.reset(out.written());
        KeyId first = in.key();
        assertThat(first).isEqualTo(key);
        assertThat(in.key()).isSameAs(first);
        assertThat(in.key()).isEqualTo(other);
        assertThat(in.key()).isEqualTo(key);
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void aTimeIsWrittenAsTheDifferenceFromTheOneBefore() throws IOException {
        List<Instant> times = Stream.of(5L, 5L, 4L, Long.MAX_VALUE, Long.MIN_VALUE, 0L, -1L)
                .map(Instant::ofEpochMilli)
                .toList();
        for (int row = 0; row < 2; row++) {
            out.reset(StateCodec.VERSION);
            times.forEach(out::time);
            assertThat(HexFormat.of().formatHex(out.written())).startsWith("01" + "0a" + "00" + "01");

            in.reset(out.written());
            for (Instant time : times) {
                assertThat(in.time()).isEqualTo(time);
            }
            assertThat(in.atEnd()).isTrue();
        }
    }

    /// The bytes are a tenant's limit with the time 0, a text, and 0 for all that follows.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0b", // the number of a text that may come later
                "7f", // of none
                "ffffffff0f", // the smallest start there is
                "feffffff0f", // the greatest length
                "01" + "0f8fad5b", // a UUID that ends too early
                "03" + "0f8fad5b" // digits that do
            })
    void aDamagedStartOfATextIsNotMisread(String text) {
        byte[] sound = HexFormat.of().parseHex("01" + "02" + "00" + "05" + "00" + "00" + "00" + "00" + "00");
        assertThat(TENANTS.read(sound).statedLimit().orElseThrow().stamp().eventId())
                .hasToString("APPLICATION_INSIGHTS");

        assertThatExceptionOfType(UnreadableStateException.class)
                .isThrownBy(() -> TENANTS.read(HexFormat.of().parseHex("01" + "02" + "00" + text + "0000000000")))
                .withMessageContaining("is damaged");
    }

    private String written(String... texts) {
        out.reset(StateCodec.VERSION);
        Stream.of(texts).forEach(out::text);
        return HexFormat.of().formatHex(out.written());
    }

    private List<String> read(String... texts) throws IOException {
        in.reset(HexFormat.of().parseHex(written(texts)));
        String[] read = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
            read[i] = in.text();
        }
        assertThat(in.atEnd()).isTrue();
        return List.of(read);
    }

    private void assertSurvive(int bytes, String... texts) throws IOException {
        assertThat(read(texts)).containsExactly(texts);
        assertThat(written(texts)).hasSize(2 * bytes);
    }
}
