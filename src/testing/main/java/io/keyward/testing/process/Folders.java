package io.keyward.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Makes and removes folders.
public final class Folders {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 4L << 30;

    private Folders() {}

    /// A new folder in `target`, or in the user's home if `target` is in a folder for temporary files: the product
    /// keeps no state in those.
    public static Path outsideTemporary(String prefix) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        return Files.createTempDirectory(
                isTemporary(target) ? Path.of(System.getProperty("user.home")) : target, prefix);
    }

    private static boolean isTemporary(Path folder) {
        return Stream.of("/tmp", "/var/tmp", System.getProperty("java.io.tmpdir"))
                .map(Path::of)
                .anyMatch(folder.normalize()::startsWith);
    }

    /// A new folder in memory if there is room, else as [#outsideTemporary]. Brokers and stores make files by the
    /// thousand.
    public static Path inMemory(String prefix) throws IOException {
        return MEMORY.toFile().getUsableSpace() > ROOM
                ? Files.createTempDirectory(MEMORY, prefix)
                : outsideTemporary(prefix);
    }

    public static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Deletes the folder and all that is in it; none is fine.
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The bytes of all files in it.
    public static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
