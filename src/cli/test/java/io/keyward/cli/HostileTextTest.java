package io.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Names with control characters for the terminal: the program shows them escaped.
class HostileTextTest {
    /// Clear the screen; the same in one character; right-to-left text; a line separator; an invisible character.
    private static final String HOSTILE = "a\u001b[2J\u009b2J\u202e\u2028\u200bz";

    private static final String SHOWN = "a\\u001B[2J\\u009B2J\\u202E\\u2028\\u200Bz";

    @TempDir
    private Path folder;

    /// A way for external text to the terminal.
    ///
    /// @param arguments FILE stands for a file with the content
    /// @param shown the text that the program shows
    record Case(String name, String content, String shown, List<String> arguments) {
        static Case of(String name, String content, String... arguments) {
            return new Case(name, content, SHOWN, List.of(arguments));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        String snapshot = line("environment-changed", "env-1", """
                "type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0}""");
        String stray = "{\"topic\":\"" + HOSTILE.replace("\u001b", "\\u001b") + "\",\"value\":{}}\n";
        return Stream.of(
                new Case("a dead letter in words", keyed(snapshot), SHOWN, List.of("simulate", "--explain", "FILE")),
                new Case(
                        "JSON",
                        keyed(snapshot),
                        "a\\u001B[2J\\u009B2J\\u202E\\u2028\\u200Bz",
                        List.of("simulate", "FILE")),
                Case.of("a line that is refused in a simulation", stray, "simulate", "FILE"),
                Case.of("a line that is not published", stray, "publish", "FILE"),
                Case.of("a file that is not there", "", "publish", HOSTILE),
                Case.of("an unknown option", "", "config", "print", "--" + HOSTILE),
                Case.of("an unknown command", "", HOSTILE),
                Case.of("an unknown profile", "", "simulate", "--profile", HOSTILE, "FILE"),
                Case.of(
                        "a value that is refused",
                        "keyward.http.port = " + HOSTILE,
                        "config",
                        "print",
                        "--config",
                        "FILE"),
                Case.of("a value", "keyward.topics.prefix = " + HOSTILE, "config", "print", "--config", "FILE"),
                Case.of("a key of a vault", "", "vault", "check", HOSTILE),
                Case.of(
                        "the log",
                        "keyward.kafka.bootstrap.servers = none\nkeyward.kafka.client.id = " + HOSTILE,
                        "topics",
                        "check",
                        "--config",
                        "FILE"));
    }

    private static String line(String topic, String environment, String more) {
        return """
                {"topic":"%s","value":{"eventId":"e1","tenantId":"contoso","occurredAt":"2026-03-01T09:00:00Z",\
                "environmentId":"%s",%s}}
                """.formatted(topic, environment, more);
    }

    /// A record that is refused, under a key that is hostile.
    private static String keyed(String line) {
        return line.replace("{\"topic\"", "{\"key\":\"" + HOSTILE.replace("\u001b", "\\u001b") + "\",\"topic\"")
                .replace("\"tenantId\":\"contoso\"", "\"tenantId\":\"con/toso\"");
    }

    /// The command's output, the log, and what the parser of the command line says.
    static Stream<Case> fewCases() {
        return cases().filter(one ->
                Set.of("a dead letter in words", "an unknown option", "the log").contains(one.name()));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("cases")
    void everywhereItIsShownAndNotPassedOn(Case one) throws IOException {
        isShownAndNotPassedOn(one);
    }

    @ParameterizedTest
    @MethodSource("fewCases")
    void isShownAndNotPassedOn(Case one) throws IOException {
        Path file = Files.writeString(folder.resolve("input"), one.content());
        Object[] arguments = one.arguments().stream()
                .map(argument -> argument.equals("FILE") ? file.toString() : argument)
                .toArray();
        try (Program program = Program.startIn(
                Map.of("KEYWARD_LOG_LIBRARIES", "INFO", "LC_ALL", "C.UTF-8"), folder, "run", arguments)) {
            program.exitCode();
            String all = program.out() + program.err();
            assertThat(all)
                    .as(Arrays.toString(arguments))
                    .contains(one.shown())
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");
        }
    }
}
