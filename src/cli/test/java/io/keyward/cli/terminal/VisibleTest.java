package io.keyward.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
    private static final String HOSTILE = "a\u001b[2J\u009b\u202e\u2028\u200b\nz";
    private static final String SHOWN = "a\\u001B[2J\\u009B\\u202E\\u2028\\u200B\\u000Az";
    private static final Terminal COLOUR = new Terminal(true, true, 400);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TerminalStream out = new TerminalStream(bytes);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200D,
                0x200F, 0x2028, 0x2029, 0x202E, 0x2060, 0x2066, 0x3164, 0xD800, 0xFE0F, 0xFEFF, 0xFFF9, 0xFFFE, 0xE0001
            })
    void whatIsInvisibleIsEscaped(int character) {
        String escaped = Visible.text("a" + Character.toString(character) + "z");

        assertThat(escaped).matches("a(\\\\u[0-9A-F]{4})+z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "contoso/hr-01 \\ 'a'", "Zürich", "東京", "עברית", "…", "é", "😀"})
    void whatCanBeSeenStaysAsItIs(String text) {
        assertThat(Visible.line(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({"text, 'a\n\tz'", "line, a\\u000A\\u0009z"})
    void onlyALineHasNoLinesInIt(String form, String shown) {
        assertThat(form.equals("text") ? Visible.text("a\n\tz") : Visible.line("a\n\tz"))
                .isEqualTo(shown);
    }

    /// An isolate cannot change the order of the text around it, no matter who wrote it.
    @ParameterizedTest
    @CsvSource({
        "a \u2068עברית\u2069 (42), a \u2068עברית\u2069 (42)",
        "\u2068מי\u200cם\u2069\u2068x\u2069, \u2068מי\\u200Cם\u2069\u2068x\u2069",
        "a\u2068b, a\\u2068b",
        "a\u2069b, a\\u2069b",
        "\u2068a\u2068b\u2069, \\u2068a\u2068b\u2069",
        "\u2068a\u202eb\u2069, \\u2068a\\u202Eb\\u2069",
        "\u2067a\u2069, \\u2067a\\u2069",
        "'\u2068a\nb\u2069', '\\u2068a\\u000Ab\\u2069'",
    })
    void onlyAWholeIsolatePasses(String text, String shown) {
        assertThat(Visible.line(text)).isEqualTo(shown);
        assertThat(Visible.line(shown)).isEqualTo(shown);
    }

    /// A character may be split between two writes.
    @Test
    void bytesAreShownAsTheCharactersThatTheyAre() {
        for (byte octet : "é\u202e😀\u001b".getBytes(StandardCharsets.UTF_8)) {
            out.write(octet);
        }

        assertThat(printed()).isEqualTo("é\\u202E😀\\u001B");
    }

    @Test
    void jsonSaysTheSameAsBefore() throws Exception {
        var line = JsonNodeFactory.instance.objectNode().put("key", HOSTILE + "\udb40\udc01");
        out.print(line);

        assertThat(printed()).doesNotContainPattern("[\\p{Cf}\\p{Cc}\\u2028]");
        assertThat(new JsonMapper().readTree(printed())).isEqualTo(line);
    }

    @Test
    void ownEscapeCodesPass() {
        new StyledLine().add(Colour.BAD, HOSTILE).print(out, COLOUR);

        assertThat(printed()).isEqualTo("\u001b[31m" + SHOWN + "\u001b[0m" + System.lineSeparator());
    }

    @Test
    void aBarIsDrawn() {
        Instant[] now = {Instant.EPOCH};
        InstantSource clock = () -> now[0];
        ProgressBar progress = new ProgressBar(out, COLOUR, clock, "events sent", 10);
        now[0] = now[0].plusSeconds(1);
        progress.done(5);

        assertThat(printed()).startsWith("\r\u001b[K[###");
    }

    static Stream<OutputRecord> outcomes() {
        String json = JsonNodeFactory.instance.textNode(HOSTILE).toString();
        String name = json.substring(1, json.length() - 1);
        return Stream.of(
                Outcomes.decision("contoso", name, "LOCKED", "WARNING"),
                Outcomes.decision("contoso", "hr", name, name),
                Outcomes.warning(name, "CRITICAL", "RAISED"),
                Outcomes.warning(name, "CRITICAL", "CLEARED"),
                Outcomes.signal(name, "TENANT_REPORTING", "SUPPRESS"),
                Outcomes.signal("hr", name, "ALLOW"),
                Outcomes.retracted(Topic.WARNINGS, "contoso/hr/" + HOSTILE),
                new OutputRecord.Refused(
                        Optional.of(HOSTILE),
                        "INVALID_ID",
                        HOSTILE,
                        JsonNodeFactory.instance.objectNode().put("topic", HOSTILE),
                        Instant.EPOCH));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyOutcomeIsOneLineThatCommandsNothing(OutputRecord outcome) {
        OutcomePrinter printer = new OutcomePrinter(out, Terminal.PLAIN);
        printer.print(outcome);
        printer.flush();

        assertThat(printed().lines()).singleElement().asString().contains(SHOWN);
    }

    @Test
    void aSummaryHasItsColumnsBelowOneAnother() {
        Summary summary = new Summary();
        String json = JsonNodeFactory.instance.textNode(HOSTILE).toString();
        String name = json.substring(1, json.length() - 1);
        summary.add(Outcomes.decision("contoso", "hr", "LOCKED", "WARNING"));
        summary.add(Outcomes.decision(name, "hr", "LOCKED", "WARNING"));
        summary.print(out, Terminal.PLAIN);

        List<String> rows =
                printed().lines().filter(line -> line.contains("LOCKED")).toList();
        assertThat(rows)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.indexOf("LOCKED"))
                        .isEqualTo(rows.getFirst().indexOf("LOCKED")));
        assertThat(printed()).contains("Tenant     " + SHOWN);
    }

    private String printed() {
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
