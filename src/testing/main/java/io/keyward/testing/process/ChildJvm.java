package io.keyward.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Java process on this machine that ends with this one at the latest.
public final class ChildJvm implements AutoCloseable {
    private static final int LINES_SHOWN = 25;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /// What to run.
    ///
    /// @param mainClass has a public main method
    public record Program(String classPath, List<String> options, String mainClass, List<String> arguments) {
        /// What the product's class path needs.
        private static final List<String> ACCESS =
                List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

        /// Small and quick to start, for processes that live for a minute.
        private static final List<String> SMALL = List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

        /// A class of this process's class path, in a JVM with default settings.
        public static Program of(Class<?> main, Object... arguments) {
            return new Program(
                    ClassArchive.classPath(),
                    ACCESS,
                    main.getName(),
                    List.of(arguments).stream().map(Object::toString).toList());
        }

        /// The same in a small JVM.
        public Program small() {
            List<String> all = new ArrayList<>(options);
            all.addAll(SMALL);
            all.addAll(ClassArchive.options(List.copyOf(all)));
            return new Program(classPath, all, mainClass, arguments);
        }

        /// The command that runs it as a child of this process.
        public ProcessBuilder command() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-cp", classPath, ChildMain.class.getName()));
            command.addAll(List.of(Long.toString(ProcessHandle.current().pid()), mainClass));
            command.addAll(arguments);
            return new ProcessBuilder(command);
        }
    }

    /// Starts it; what it prints is appended to the log.
    public static ChildJvm start(String name, Program program, Path log) {
        return start(name, program.command(), log);
    }

    /// The same for a command that was adapted.
    public static ChildJvm start(String name, ProcessBuilder command, Path log) {
        Redirect file = Redirect.appendTo(log.toFile());
        return started(name, command.redirectOutput(file).redirectError(file), log);
    }

    /// The same with new files: one for what it prints as output, and the log for its errors.
    public static ChildJvm start(String name, ProcessBuilder command, Path output, Path log) {
        return started(name, command.redirectOutput(output.toFile()).redirectError(log.toFile()), log);
    }

    private static ChildJvm started(String name, ProcessBuilder command, Path log) {
        try {
            return new ChildJvm(name, command.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be started", failure);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /// Checks that it runs.
    ///
    /// @throws AssertionError if it has ended, with the end of its log
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("%s has ended with exit code %d; the end of %s:%n%s"
                    .formatted(name, process.exitValue(), log, endOfLog()));
        }
    }

    /// The last lines that it has logged.
    public String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException failure) {
            return "(cannot be read: " + failure.getMessage() + ")";
        }
    }

    /// Sends SIGKILL, and returns when the process has ended.
    public void kill() {
        process.destroyForcibly();
        int _ = exitCode();
    }

    /// Sends SIGTERM, and returns the exit code.
    public int terminate() {
        process.destroy();
        return exitCode();
    }

    /// Sends SIGTERM, and returns at once.
    public void requestEnd() {
        process.destroy();
    }

    /// Waits for the end.
    public int exitCode() {
        try {
            if (process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new AssertionError("%s did not end within %d s; the end of %s:%n%s"
                    .formatted(name, Patience.LIMIT.toSeconds(), log, endOfLog()));
        } catch (InterruptedException interrupted) {
            throw Patience.interrupted(interrupted);
        }
    }

    /// Sends SIGSTOP, and SIGCONT after that time. Both come from another process, so that this one leaves no
    /// stopped process behind when it ends in between.
    public void pause(Duration time) {
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

    /// A process that is stopped until this is closed.
    public interface Paused extends AutoCloseable {
        @Override
        void close();
    }

    /// Sends SIGSTOP, and SIGCONT when what is returned is closed or this process has ended. Returns when it has
    /// stopped.
    public Paused freeze() {
        String script = "kill -STOP %1$d; cat >/dev/null; kill -CONT %1$d".formatted(process.pid());
        try {
            Process thaw = new ProcessBuilder("sh", "-c", script).start();
            Patience.until(name + " has stopped", () -> isStopped() || !thaw.isAlive());
            return () -> end(thaw);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The state is the character behind the name of the program, which is in parentheses.
    private boolean isStopped() {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return status.charAt(status.lastIndexOf(')') + 2) == 'T';
        } catch (IOException gone) {
            return true;
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

    /// Sends SIGKILL if it still runs.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
