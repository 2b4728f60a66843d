package io.keyward.bench.measure;

import io.keyward.bench.subject.Tethered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Java process on this machine that ends with this one at the latest; what it prints is appended to a file.
final class Jvm implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LINES_SHOWN = 25;

    private final String name;
    private final Path log;
    private final Process process;

    private Jvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /// What to run, and how.
    record Program(String classPath, List<String> options, String mainClass, List<String> arguments) {}

    static Jvm start(String name, Program program, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.options());
        command.addAll(List.of("-cp", program.classPath(), Tethered.class.getName()));
        command.addAll(List.of(Long.toString(ProcessHandle.current().pid()), program.mainClass()));
        command.addAll(program.arguments());
        Redirect file = Redirect.appendTo(log.toFile());
        ProcessBuilder process =
                new ProcessBuilder(command).redirectOutput(file).redirectError(file);
        process.environment().putAll(JavaOptions.ENVIRONMENT);
        try {
            return new Jvm(name, log, process.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be started", failure);
        }
    }

    long pid() {
        return process.pid();
    }

    /// @throws BenchException if it has ended, with the end of what it printed
    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchException("%s has ended with exit code %d; the end of %s:%n%s"
                    .formatted(name, process.exitValue(), log, endOfLog()));
        }
    }

    /// Sends SIGTERM, and waits for the end.
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /// Sends SIGKILL, and waits for the end.
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException failure) {
            return "(cannot be read: " + failure.getMessage() + ")";
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new BenchException(name + " did not end within " + LIMIT.toSeconds() + " s; see " + log);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted", interrupted);
        }
    }

    /// Leaves nothing behind that runs.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
