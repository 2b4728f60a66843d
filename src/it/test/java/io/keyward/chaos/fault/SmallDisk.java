package io.keyward.chaos.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A small file system at a folder. Only the processes that are started on it can see it, and it ends with the
/// last of them.
///
/// It is mounted in a mount namespace of its own, by root or, where the system lets users do so, in a user
/// namespace.
final class SmallDisk implements Disk {
    /// An instance refuses to start where less than 64 MiB are left.
    private static final int MEGABYTES = 128;
    private static final String READY = "mounted";
    private static final List<List<String>> WAYS =
            List.of(List.of("--mount"), List.of("--user", "--map-root-user", "--mount"));

    private final Path folder;
    private final Process holder;
    private final List<String> namespaces;

    private SmallDisk(Path folder, Process holder, List<String> namespaces) {
        this.folder = folder;
        this.holder = holder;
        this.namespaces = namespaces;
    }

    /// Mounts it at the folder; empty if this system does not let us.
    static Optional<SmallDisk> mount(Path folder) {
        return WAYS.stream().flatMap(way -> mount(folder, way).stream()).findFirst();
    }

    @Override
    public List<String> commandPrefix() {
        Stream<String> command =
                Stream.of("nsenter", "--target", Long.toString(holder.pid()), "--preserve-credentials");
        return Stream.concat(command, namespaces.stream().filter(name -> !name.startsWith("--map")))
                .toList();
    }

    @Override
    public void fill(ProcessorInstance instance) {
        byte[] megabyte = new byte[1024 * 1024];
        try (var file = Files.newOutputStream(ballast())) {
            for (int n = 0; n <= MEGABYTES; n++) {
                file.write(megabyte);
            }
            throw new AssertionError(folder + " is not a small disk: " + MEGABYTES + " MiB could be written to it");
        } catch (IOException full) {
            // as wanted; what did not fit as a whole was written in part
        }
    }

    @Override
    public void free(ProcessorInstance instance) {
        try {
            Files.delete(ballast());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The disk as this process can reach it: through the root folder of the process that holds it.
    private Path ballast() {
        return Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(Path.of("/").relativize(folder))
                .resolve("ballast");
    }

    private static Optional<SmallDisk> mount(Path folder, List<String> way) {
        String script =
                "mount -t tmpfs -o size=%dm tmpfs \"$0\" && echo %s && exec cat >/dev/null".formatted(MEGABYTES, READY);
        List<String> command = Stream.of(List.of("unshare"), way, List.of("sh", "-c", script, folder.toString()))
                .flatMap(List::stream)
                .toList();
        try {
            Files.createDirectories(folder);
            Process holder = new ProcessBuilder(command).start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            if (READY.equals(out.readLine())) {
                return Optional.of(new SmallDisk(folder, holder, way));
            }
            holder.destroyForcibly();
            return Optional.empty();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
