package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Prometheus' own linter; a test that needs it is skipped where it is not installed.
public final class Promtool {
    private Promtool() {}

    public static void assertHasNothingToSayAbout(Scrape scrape) throws Exception {
        assertThat(run(scrape.text(), "check", "metrics")).isEmpty();
    }

    public static void assertAcceptsConfiguration(Path file) throws Exception {
        assertThat(run("", "check", "config", "--lint=all", "--lint-fatal", file.toString()))
                .contains("SUCCESS");
    }

    /// Runs it, requires that it is content, and gives what it says.
    static String run(String input, String... arguments) throws Exception {
        Assumptions.assumeTrue(isInstalled(), "promtool is not on the PATH");
        List<String> command =
                Stream.concat(Stream.of("promtool"), Arrays.stream(arguments)).toList();
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = promtool.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
        return said;
    }

    private static boolean isInstalled() throws IOException {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "promtool").canExecute());
    }
}
