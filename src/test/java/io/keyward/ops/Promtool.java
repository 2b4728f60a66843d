package io.keyward.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/// Prometheus' own linter; a test that needs it is skipped where it is not installed.
final class Promtool {
    private Promtool() {}

    static void assertHasNothingToSayAbout(Scrape scrape) throws Exception {
        Assumptions.assumeTrue(isInstalled(), "promtool is not on the PATH");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var input = promtool.getOutputStream()) {
            input.write(scrape.text().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEmpty();
        assertThat(promtool.waitFor()).isZero();
    }

    private static boolean isInstalled() throws IOException {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "promtool").canExecute());
    }
}
