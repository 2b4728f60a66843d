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

/// Runs promtool, Prometheus' own linter. Tests that need it are skipped if it is not installed.
public final class Promtool {
    private Promtool() {}

    public static void assertHasNothingToSayAbout(Scrape scrape) throws Exception {
        assertThat(run(scrape.text(), "check", "metrics")).isEmpty();
    }

    public static void assertAcceptsConfiguration(Path file) throws Exception {
        assertThat(run("", "check", "config", "--lint=all", "--lint-fatal", file.toString()))
                .contains("SUCCESS");
    }

    /// Runs promtool, requires success and returns its output.
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
