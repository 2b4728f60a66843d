package io.keyward.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Java process on this machine that ends with this one at the latest; what it prints is appended to a file.
public final class ChildJvm implements AutoCloseable {
    /// Small, and quick to start: what runs in it lives for a minute.
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx320m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    private final String name;
    private final Process process;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /// What to run: the name of a class with a public main method, and its arguments.
    public record Program(String mainClass, List<String> arguments) {
        public static Program of(Class<?> main, Object... arguments) {
            return new Program(
                    main.getName(),
                    List.of(arguments).stream().map(Object::toString).toList());
        }
    }

    public static ChildJvm start(String name, Program program, Path output) {
        return start(name, program, output, List.of());
    }

    /// Starts it behind a command that replaces itself by what follows it.
    static ChildJvm start(String name, Program program, Path output, List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(
                Child.class.getName(), Long.toString(ProcessHandle.current().pid()), program.mainClass()));
        command.addAll(program.arguments());
        try {
            Redirect file = Redirect.appendTo(output.toFile());
            return new ChildJvm(
                    name,
                    new ProcessBuilder(command)
                            .redirectOutput(file)
                            .redirectError(file)
                            .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be started", failure);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Sends SIGKILL.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Sends SIGTERM, and returns the exit code.
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /// Sends SIGSTOP, and SIGCONT after that time. Both come from another process, so that this one leaves no stopped
    /// process behind when it ends in between.
    void pause(Duration time) {
        String script = "kill -STOP %1$d; sleep %2$d; kill -CONT %1$d".formatted(process.pid(), time.toSeconds());
        try {
            Process pause = new ProcessBuilder("sh", "-c", script).start();
            if (pause.waitFor() != 0) {
                throw new AssertionError(name + " could not be paused: " + script);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw Patience.interrupted(interrupted);
        }
    }

    /// A process that stands still until this is closed.
    public interface Frozen extends AutoCloseable {
        @Override
        void close();
    }

    /// Sends SIGSTOP, and SIGCONT when what is returned is closed or this process has ended.
    public Frozen freeze() {
        String script = "kill -STOP %1$d; cat >/dev/null; kill -CONT %1$d".formatted(process.pid());
        try {
            Process thaw = new ProcessBuilder("sh", "-c", script).start();
            return () -> end(thaw);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Ends a script that waits for the end of its input.
    private static void end(Process script) {
        try {
            script.getOutputStream().close();
            script.waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw Patience.interrupted(interrupted);
        }
    }

    private int awaitEnd() {
        try {
            if (process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new AssertionError(name + " did not end within " + Patience.LIMIT);
        } catch (InterruptedException interrupted) {
            throw Patience.interrupted(interrupted);
        }
    }

    /// Leaves nothing behind that runs.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
