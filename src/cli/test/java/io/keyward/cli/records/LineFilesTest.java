package io.keyward.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.topology.contract.EventLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFilesTest {
    private static final String GOOD =
            "{\"topic\": \"policy-removed\", \"value\": {\"eventId\": \"é\", \"tenantId\": \"t\","
                    + " \"occurredAt\": \"2026-01-01T00:00:00Z\", \"environmentId\": \"e\", \"policyId\": \"p\"}}";

    @TempDir
    private Path folder;

    private final Seen seen = new Seen();

    @Test
    void lineEndsOfAnyKindAndBlankLinesAreNoMatter() {
        read("\r\n" + GOOD + "\r\n   \n\n" + GOOD);

        assertThat(seen.accepted).containsExactly(2, 5);
        assertThat(seen.refused).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() {
        read("\uFEFF" + GOOD);

        assertThat(seen.accepted).containsExactly(1);
    }

    @Test
    void aLineThatIsNotUtf8IsRefusedAlone() throws IOException {
        Path file = folder.resolve("latin.jsonl");
        Files.write(file, (GOOD + "\n").getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(file, GOOD, StandardOpenOption.APPEND);

        new LineFiles<>(List.of(file.toString()), () -> null, EventLine::parse).read(seen::accepted, seen::refused);

        assertThat(seen.refused).singleElement().asString().isEqualTo("1 not UTF-8; save the file as UTF-8");
        assertThat(seen.accepted).containsExactly(2);
    }

    @Test
    void readingStopsWhenItIsToldTo() {
        byte[] bytes = (GOOD + "\n" + GOOD + "\n" + GOOD).getBytes(StandardCharsets.UTF_8);

        new LineFiles<>(List.of("-"), () -> new ByteArrayInputStream(bytes), EventLine::parse)
                .read(seen::accepted, seen::refused, () -> seen.accepted.size() == 2);

        assertThat(seen.accepted).containsExactly(1, 2);
    }

    @Test
    void linesOfFilesCanBeCountedAndThoseOfStandardInputCannot() throws IOException {
        String a = Files.writeString(folder.resolve("a"), "1\n2\n3").toString();
        String b = Files.writeString(folder.resolve("b"), "1\n").toString();

        assertThat(new LineFiles<>(List.of(a, b), () -> null, EventLine::parse).countLines())
                .hasValue(4);
        assertThat(new LineFiles<>(List.of(a, "-"), () -> null, EventLine::parse).countLines())
                .isEmpty();
    }

    @Test
    void linesAreCountedPerFile() throws IOException {
        Path a = Files.writeString(folder.resolve("a"), "\n" + GOOD);
        Path b = Files.writeString(folder.resolve("b"), GOOD);

        new LineFiles<>(List.of(a.toString(), b.toString()), () -> null, EventLine::parse)
                .read(seen::accepted, seen::refused);

        assertThat(seen.accepted).containsExactly(2, 1);
    }

    @Test
    void standardInputCanBeReadTwiceWhenItIsKept() {
        byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
        try (SpooledInput input = new SpooledInput(new ByteArrayInputStream(bytes))) {
            LineFiles<EventLine> files = new LineFiles<>(List.of("-"), input, EventLine::parse);

            files.read(seen::accepted, seen::refused);
            files.read(seen::accepted, seen::refused);
        }

        assertThat(seen.accepted).containsExactly(1, 1);
    }

    private void read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new LineFiles<>(List.of("-"), () -> new ByteArrayInputStream(bytes), EventLine::parse)
                .read(seen::accepted, seen::refused);
    }

    private static final class Seen {
        private final List<Integer> accepted = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();

        void accepted(SourceLine line, EventLine event) {
            accepted.add(line.number());
        }

        void refused(SourceLine line, String reason) {
            refused.add(line.number() + " " + reason);
        }
    }
}
