package io.keyward.chaos.fault;

import io.keyward.cli.Main;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.Readiness;
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

/// One instance of the processor: its configuration, its state folder, and its current process.
public final class ProcessorInstance implements AutoCloseable {
    private final String name;
    private final Path folder;
    private final Readiness readiness;
    private final Supplier<List<String>> before;
    private final ChildJvm.Program program;
    private Optional<ChildJvm> process = Optional.empty();

    /// What differs between instances.
    ///
    /// @param before a command that replaces itself by the command that follows it; empty for most
    record Location(String name, Path folder, int port, Supplier<List<String>> before) {}

    /// @param main the class to run instead of the product's own, if any
    ProcessorInstance(Location location, Map<String, String> settings, Optional<Class<?>> main) {
        name = location.name();
        folder = location.folder();
        before = location.before();
        readiness = new Readiness(location.port());
        Path file = write(settings, location.port());
        program = main.map(other -> ChildJvm.Program.of(other, file).small())
                .orElseGet(() ->
                        ChildJvm.Program.of(Main.class, "run", "--config", file).small());
    }

    /// Starts it with the command `run`.
    void start() {
        ProcessBuilder command = program.command();
        command.command().addAll(0, before.get());
        process = Optional.of(ChildJvm.start(name, command, folder.resolve(name + ".log")));
    }

    /// Whether it should run but does not.
    boolean hasEndedByItself() {
        return process.isPresent() && !process.get().isAlive();
    }

    /// Whether it answers that it is ready.
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

    ChildJvm.Paused freeze() {
        return process.orElseThrow().freeze();
    }

    /// Stops it with SIGTERM if it runs.
    void stop() {
        process.ifPresent(ChildJvm::terminate);
        process = Optional.empty();
    }

    /// The folder that an instance of that name keeps its state in.
    static Path stateFolder(Path folder, String name) {
        return folder.resolve(name + "-state");
    }

    /// Deletes its state; it must not run.
    void deleteState() {
        Folders.delete(stateFolder(folder, name));
    }

    private Path write(Map<String, String> settings, int port) {
        Properties file = new Properties();
        file.putAll(settings);
        file.put("keyward.state.dir", stateFolder(folder, name).toString());
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
