package io.keyward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A program that CI installs. A test that runs it is skipped where it is not installed.
///
/// @param name as on the PATH
public record InstalledProgram(String name) {
    public boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, name).canExecute());
    }

    /// Runs it, requires success and returns all that it writes.
    public String run(String... arguments) throws Exception {
        return runWith("", arguments);
    }

    public String runWith(String input, String... arguments) throws Exception {
        Assumptions.assumeTrue(isInstalled(), name + " is not on the PATH");
        List<String> command =
                Stream.concat(Stream.of(name), Arrays.stream(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
