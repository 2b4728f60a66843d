package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.InstalledProgram;
import java.nio.file.Path;

/// Runs promtool, Prometheus' own linter. Tests that need it are skipped if it is not installed.
public final class Promtool {
    private static final InstalledProgram PROMTOOL = new InstalledProgram("promtool");

    private Promtool() {}

    public static void assertHasNothingToSayAbout(Scrape scrape) throws Exception {
        assertThat(PROMTOOL.runWith(scrape.text(), "check", "metrics")).isEmpty();
    }

    public static void assertAcceptsConfiguration(Path file) throws Exception {
        assertThat(run("check", "config", "--lint=all", "--lint-fatal", file.toString()))
                .contains("SUCCESS");
    }

    /// Runs promtool, requires success and returns its output.
    static String run(String... arguments) throws Exception {
        return PROMTOOL.run(arguments);
    }
}
