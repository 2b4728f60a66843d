package io.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.ops.metrics.DocumentedMetrics;
import io.keyward.testing.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// The table of failures in docs/operations-reference.md: every message, metric and command in it exists.
class OperationsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "operations-reference.md");
    private static final String HEADING = "| failure | what happens | what you see | what to do |";
    private static final Pattern ALERT = Pattern.compile("`(Keyward[A-Za-z]+)`");
    private static final Pattern METRIC = Pattern.compile("`((?:keyward|kafka|jvm|process)_[a-z_]+)`");
    private static final Pattern WORDS = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern COMMAND = Pattern.compile("`bin/keyward ([a-z ]+)`");
    private static final Pattern PAGE = Pattern.compile("not ready|/health/|exit code [12]|as above");
    private static final Pattern JOINED_LITERALS = Pattern.compile("\"\\s*\\+\\s*\"");

    /// A failure, and what the table says of it.
    record Failure(String name, String happens, String seen, String remedy) {
        static Failure of(String row) {
            List<String> cells =
                    Arrays.stream(row.split("\\|")).map(String::strip).toList();
            assertThat(cells).as(row).hasSize(5);
            return new Failure(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
        }

        List<String> named(Pattern pattern) {
            return pattern.matcher(happens + " " + seen + " " + remedy)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Failure> failures() {
        return read(DOCUMENT)
                .lines()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(Failure::of);
    }

    @Test
    void everyAlertIsAboutAFailureOrAboutEnvironments() {
        String document = read(DOCUMENT);
        Stream<String> ofEnvironments = ALERT.matcher(document.substring(document.indexOf("## Alerts")))
                .results()
                .map(alert -> alert.group(1));
        assertThat(Stream.concat(failures().flatMap(failure -> failure.named(ALERT).stream()), ofEnvironments))
                .containsAll(alerts());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isSeenSomewhereAndHasARemedy(Failure failure) {
        assertThat(failure.seen())
                .containsPattern(Stream.of(ALERT, METRIC, WORDS, PAGE)
                        .map(Pattern::pattern)
                        .collect(Collectors.joining("|")));
        assertThat(failure.happens()).isNotEmpty();
        assertThat(failure.remedy()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatItNamesIsThere(Failure failure) {
        assertThat(alerts()).containsAll(failure.named(ALERT));
        assertThat(metrics()).containsAll(failure.named(METRIC));
        String sources = sources();
        assertThat(failure.named(WORDS))
                .allSatisfy(
                        words -> assertThat(sources.contains(words)).as(words).isTrue());
        assertThat(failure.named(COMMAND)).allSatisfy(OperationsDocumentTest::isCommand);
    }

    private static void isCommand(String words) {
        CommandLine command = KeywardCommand.commandLine();
        for (String word : words.split(" ", -1)) {
            assertThat(command.getSubcommands()).containsKey(word);
            command = command.getSubcommands().get(word);
        }
    }

    private static List<String> alerts() {
        return found(Path.of("deploy", "prometheus", "alerts.yaml"), Pattern.compile("alert: (\\w+)"));
    }

    private static List<String> metrics() {
        return DocumentedMetrics.metrics(read(Path.of("docs", "metrics.md")).lines())
                .map(DocumentedMetrics.Metric::name)
                .toList();
    }

    private static List<String> found(Path file, Pattern pattern) {
        return pattern.matcher(read(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// All sources, with concatenated literals joined.
    private static String sources() {
        try {
            return Sources.all().stream()
                    .filter(file -> file.toString().matches("src/\\w+/main/java/.*\\.java"))
                    .map(OperationsDocumentTest::read)
                    .map(source -> JOINED_LITERALS.matcher(source).replaceAll(""))
                    .collect(Collectors.joining());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
