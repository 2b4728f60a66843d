package io.keyward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.Main;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The program in a process of its own, as a shell starts and stops it; what it prints goes to files.
public final class Program implements AutoCloseable {
    private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

    private final ChildJvm process;
    private final Path out;
    private final Path err;

    private Program(ChildJvm process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Starts it in the folder, where its output goes to files that begin with `name`. Its JVM is small and quick.
    public static Program start(Path folder, String name, Object... arguments) {
        return startIn(Map.of(), folder, name, arguments);
    }

    /// The same with these variables in its environment. With `JAVA_TOOL_OPTIONS`, its JVM is as these say.
    public static Program startIn(Map<String, String> environment, Path folder, String name, Object... arguments) {
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        ChildJvm.Program program = ChildJvm.Program.of(Main.class, arguments);
        ProcessBuilder command = (environment.containsKey(JAVA_OPTIONS) ? program : program.small())
                .command()
                .directory(folder.toFile());
        command.environment().putAll(environment);
        return new Program(ChildJvm.start(name, command, out, err), out, err);
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
        process.kill();
    }

    /// Sends SIGTERM.
    public Program terminate() {
        process.requestEnd();
        return this;
    }

    public int exitCode() {
        return process.exitCode();
    }

    /// Leaves nothing behind that runs.
    @Override
    public void close() {
        process.close();
    }

    private void await(Path file, String part) {
        Patience.until(file + " contains: " + part, () -> text(file).contains(part) || !process.isAlive());
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
