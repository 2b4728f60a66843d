package io.keyward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// The program in a process of its own, as a shell starts and stops it; what it prints goes to files.
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Starts it in the folder, where its output goes to files that begin with `name`.
    public static Program start(Path folder, String name, Object... arguments) {
        return startIn(Map.of(), folder, name, arguments);
    }

    /// The same with these variables in its environment.
    public static Program startIn(Map<String, String> environment, Path folder, String name, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new Program(builder.start(), out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    public void awaitOut(String part) {
        await(out, part);
    }

    public void awaitErr(String part) {
        await(err, part);
    }

    long pid() {
        return process.pid();
    }

    /// Sends SIGKILL, and returns when the process is gone.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Sends SIGTERM.
    public Program terminate() {
        process.destroy();
        return this;
    }

    public int exitCode() {
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError("still running after " + PATIENCE + ": " + err());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Leaves nothing behind that runs.
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void await(Path file, String part) {
        Awaitility.await().atMost(PATIENCE).until(() -> text(file).contains(part) || !process.isAlive());
        assertThat(text(file)).as(err()).contains(part);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
