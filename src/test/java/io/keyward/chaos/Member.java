package io.keyward.chaos;

import io.keyward.testing.process.Readiness;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.ChildJvm;
import io.keyward.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/// One instance of the processor: its configuration, its state folder, and the process that runs it at the moment.
final class Member implements AutoCloseable {
    private final String name;
    private final Path folder;
    private final Readiness readiness;
    private final Supplier<List<String>> before;
    private final ChildJvm.Program program;
    private Optional<ChildJvm> process = Optional.empty();

    /// What makes it another one than the others: where it lives and where it answers.
    ///
    /// @param before the command to start it behind; none for most
    record Home(String name, Path folder, int port, Supplier<List<String>> before) {}

    /// @param main the class to run instead of the product's own, if any
    Member(Home home, Map<String, String> settings, Optional<Class<?>> main) {
        name = home.name();
        folder = home.folder();
        before = home.before();
        readiness = new Readiness(home.port());
        Path file = write(settings, home.port());
        program = main.map(other -> ChildJvm.Program.of(other, file).small())
                .orElseGet(() -> ChildJvm.Program.of(Main.class, "run", "--config", file)
                        .small());
    }

    /// Starts it as an operator does.
    void start() {
        ProcessBuilder command = program.command();
        command.command().addAll(0, before.get());
        process = Optional.of(ChildJvm.start(name, command, folder.resolve(name + ".log")));
    }

    /// Whether it should run, and does not.
    boolean hasEndedByItself() {
        return process.isPresent() && !process.get().isAlive();
    }

    /// Whether it says that it does its work.
    boolean isReady() {
        return readiness.isReady();
    }

    /// The id of its process, if it has one.
    Optional<Long> pid() {
        return process.map(ChildJvm::pid);
    }

    void kill() {
        process.orElseThrow().kill();
        process = Optional.empty();
    }

    void pause(Duration time) {
        process.orElseThrow().pause(time);
    }

    /// Ends it, if it runs, as an operator does.
    void stop() {
        process.ifPresent(ChildJvm::terminate);
        process = Optional.empty();
    }

    /// What an instance of that name keeps between its starts.
    static Path state(Path folder, String name) {
        return folder.resolve(name + "-state");
    }

    /// Deletes all that it had kept; it must not run.
    void deleteState() {
        Folders.delete(state(folder, name));
    }

    private Path write(Map<String, String> settings, int port) {
        Properties file = new Properties();
        file.putAll(settings);
        file.put("keyward.state.dir", state(folder, name).toString());
        file.put("keyward.http.port", Integer.toString(port));
        Path path = folder.resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(path)) {
            file.store(writer, null);
            return path;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.ifPresent(ChildJvm::close);
    }
}
