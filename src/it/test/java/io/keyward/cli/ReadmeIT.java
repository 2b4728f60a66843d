package io.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.sandbox.WideSandbox;
import io.keyward.cli.terminal.Terminal;
import io.keyward.testing.Program;
import io.keyward.testing.Run;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs every command of the README and of docs/tour.md in their order, beside one sandbox, and finds each output that
/// they show. Only where they say `…`, lines are left out, or the rest of a line. Times and random versions of keys are
/// masked.
@Tag("full")
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern HERE = Pattern.compile("(.*?) *<<'?END'?(?: +#.*)?");

    /// What the README does not run here: it builds, or is the sandbox that this test has started.
    private static final Pattern ELSEWHERE = Pattern.compile("mvn verify|bin/keyward sandbox.*");

    /// What does not use the sandbox.
    private static final Pattern ALONE = Pattern.compile("simulate .*|.* --config .*");

    /// What disabling the key leads to, before the README enables it again.
    private static final Pattern LOCKED = Pattern.compile("contoso/hr-prod +CRITICAL KEY_REVOKED");

    private static final String OF_ITS_OWN = """
            keyward.application.id = real
            keyward.topics.prefix = real.
            keyward.http.port = 0
            keyward.console.port = 0
            """;

    /// The answer is no.
    private static final Pattern REFUSING = Pattern.compile("(key|vault check) .*");

    /// What the README starts and leaves running, and what says that it runs.
    private static final Map<String, String> LASTING = Map.of("run", "Started", "console", "Replica READY");

    private static final Terminal TERMINAL = new Terminal(false, false, 118);
    private static final String MORE = "…";
    private static final String NOW = "$(date -u +%FT%TZ)";

    /// The processor refuses a state folder for temporary files, and the checkout may be in one.
    @TempDir
    private Path folder;

    private final int ports = FreePorts.sevenInARow();

    /// What the README's addresses and folders are here. On the sandbox's broker an application of its own runs.
    private final Map<String, String> places = new LinkedHashMap<>();

    private final List<Program> running = new ArrayList<>();

    /// The commands of the last block of commands; each prints what it prints now.
    private final List<Supplier<String>> outputs = new ArrayList<>();

    /// The time of the last input that has one.
    private Instant typed = Instant.EPOCH;

    /// How many lines of the sandbox the README has shown so far.
    private int shown;

    @BeforeEach
    void findCoordinates() {
        places.put("broker-1:9092,broker-2:9092", "127.0.0.1:" + ports);
        places.put("//registry:8081", "//127.0.0.1:" + (ports + 1));
        places.put(":8081", ":" + (ports + 1));
        places.put(":8080", ":" + (ports + 2));
        places.put("/var/lib", folder.toString());
    }

    @Test
    void everyCommandPrintsWhatIsShown() throws Exception {
        ProcessBuilder command =
                ChildJvm.Program.of(WideSandbox.class, ports).small().command();
        try (ChildJvm sandbox = ChildJvm.start("sandbox", command, sandboxOut(), folder.resolve("sandbox.err"))) {
            Patience.until("the sandbox is up", () -> {
                sandbox.requireAlive();
                return text(sandboxOut()).contains("stays up until Ctrl-C");
            });
            follow(Path.of("README.md"));
            stop();
            follow(Path.of("docs", "tour.md"));
        }
    }

    private void follow(Path document) throws Exception {
        Matcher blocks = BLOCK.matcher(Files.readString(document));
        while (blocks.find()) {
            List<String> lines = blocks.group(2).lines().toList();
            switch (blocks.group(1)) {
                case "sh" -> {
                    outputs.clear();
                    run(lines);
                }
                case "" -> Awaitility.await().untilAsserted(() -> find(lines));
                case "java", "js" ->
                    assertThat(blocks.group(2)).contains("SuppressionGate"); // DocumentedCodeTest, .ci/interop
                default -> assertThat(blocks.group(1)).isEqualTo("mermaid");
            }
        }
    }

    @AfterEach
    void stop() {
        running.forEach(Program::close);
        running.clear();
    }

    private void find(List<String> expected) {
        List<String> printed = new ArrayList<>();
        for (Supplier<String> output : outputs) {
            String now = output.get();
            printed.add(now);
            List<String> lines = now.lines().toList();
            for (int from = 0; from < lines.size(); from++) {
                int end = end(expected, lines, from, false);
                if (end == lines.size() || (end > 0 && expected.getLast().equals(MORE))) {
                    return;
                }
            }
        }
        List<String> lines = text(sandboxOut()).lines().toList();
        int end = end(expected, lines, shown, true);
        assertThat(end)
                .as(
                        "The README shows%n%s%nbut the commands print%n%s%nand the sandbox%n%s",
                        String.join("\n", expected), String.join("\n", printed), news())
                .isPositive();
        shown = end;
    }

    /// The line after those that are expected from a line on; -1 if they are not there.
    ///
    /// @param some whether more lines may be between those that are expected, up to the first `…`
    private static int end(List<String> expected, List<String> lines, int from, boolean some) {
        int next = from;
        boolean more = some;
        boolean skips = some;
        for (String line : expected) {
            if (line.strip().equals(MORE)) {
                skips = true;
                more = false;
            } else if (!line.isBlank() || !skips) {
                while (skips && next < lines.size() && !isAsShown(line, lines.get(next))) {
                    next++;
                }
                if (next == lines.size() || !isAsShown(line, lines.get(next))) {
                    return -1;
                }
                next++;
                skips = more;
            }
        }
        return next;
    }

    private static boolean isAsShown(String shown, String line) {
        return shown.endsWith(MORE)
                ? masked(whole(line)).startsWith(masked(whole(shown)))
                : masked(line).equals(masked(shown));
    }

    private static String whole(String line) {
        return line.endsWith(MORE) ? line.substring(0, line.length() - MORE.length()) : line;
    }

    /// A time may be cut at the end of a line. How many reports came before a decision on a random version differs.
    private static String masked(String line) {
        return line.stripTrailing()
                .replaceAll("\\b[0-9a-f]{12}(…|$)", "VERSION")
                .replaceAll("(VERSION +)revision \\d+", "$1revision N")
                .replaceAll("\\b20\\d\\d-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d(:[.\\d]+)?Z?)?", "TIME")
                .replaceAll("\\b2(0\\d{0,2}(-[-\\d: ]*)?)?$", "TIME");
    }

    private void run(List<String> lines) throws Exception {
        List<String> block = new ArrayList<>(lines);
        while (!block.isEmpty()) {
            String line = block.removeFirst();
            Matcher here = HERE.matcher(line);
            StringBuilder input = new StringBuilder();
            if (here.matches()) {
                for (String next = block.removeFirst(); !next.equals("END"); next = block.removeFirst()) {
                    input.append(next).append('\n');
                }
                line = here.group(1);
            }
            run(line.replaceAll(" +#.*", ""), input.toString());
        }
    }

    private void run(String command, String input) throws Exception {
        if (command.startsWith("cat > ")) {
            Path file = folder.resolve(command.substring("cat > ".length()));
            Files.writeString(file, file.toString().endsWith(".properties") ? here(input) + OF_ITS_OWN : input);
        } else if (command.startsWith("curl ")) {
            outputs.add(() -> get(command.substring("curl ".length())));
        } else if (!ELSEWHERE.matcher(command).matches()) {
            assertThat(command).startsWith("bin/keyward ");
            String words = command.substring("bin/keyward ".length());
            if (LASTING.containsKey(words.split(" ", 2)[0])) {
                start(words);
                return;
            }
            String first = keyward(words, input);
            boolean asks = words.matches("(explain|key|whatif) .*");
            outputs.add(() -> asks ? keyward(words, input) : first);
            if (words.startsWith("vault disable ")) {
                Patience.until("hr-prod is locked", () -> LOCKED.matcher(news()).find());
            }
        }
    }

    private void start(String words) {
        List<String> arguments = arguments(words);
        Program program = Program.start(folder, arguments.getFirst(), arguments.toArray());
        running.add(program);
        program.awaitErr(LASTING.get(arguments.getFirst()));
    }

    /// With the paths of files that the README has written.
    private List<String> arguments(String words) {
        return Arrays.stream(words.split(" +"))
                .map(word -> Files.exists(folder.resolve(word))
                        ? folder.resolve(word).toString()
                        : word)
                .toList();
    }

    private String here(String text) {
        String here = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            here = here.replace(place.getKey(), place.getValue());
        }
        return here;
    }

    private String keyward(String words, String input) {
        List<String> arguments = new ArrayList<>(arguments(words));
        if (!ALONE.matcher(words).matches()) {
            arguments.addAll(List.of("--port-base", Integer.toString(ports)));
        }
        Run run = Run.ofKeyward(TERMINAL, dated(input), arguments);
        assertThat(run.exitCode())
                .as("%s%n%s%n%s", words, run.out(), run.err())
                .isEqualTo(REFUSING.matcher(words).matches() ? 1 : 0);
        return run.out().replace(folder + "/", "");
    }

    /// A person types it after the second in which what it follows has occurred, also what this test has published.
    private String dated(String input) {
        if (!input.contains(NOW)) {
            return input;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        typed = (now.isAfter(typed) ? now : typed).plusSeconds(1);
        return input.replace(NOW, typed.toString());
    }

    private String get(String address) {
        String here = here(address);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(URI.create(here)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(here).isEqualTo(200);
            return answer.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw Patience.interrupted(stopped);
        }
    }

    /// What the sandbox has printed behind what the README has shown so far.
    private String news() {
        return text(sandboxOut()).lines().skip(shown).collect(Collectors.joining("\n"));
    }

    private Path sandboxOut() {
        return folder.resolve("sandbox.out");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
