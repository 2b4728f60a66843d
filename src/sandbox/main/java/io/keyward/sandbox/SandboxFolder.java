package io.keyward.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder for a sandbox's data: one that the user chose, or a temporary one that is deleted with the
/// sandbox.
public record SandboxFolder(Path root, boolean temporary) implements AutoCloseable {
    /// The chosen folder, created if necessary, or a new temporary one.
    ///
    /// @throws SandboxException if the folder cannot be created
    public static SandboxFolder of(Optional<Path> chosen) {
        try {
            return chosen.isPresent()
                    ? new SandboxFolder(Files.createDirectories(chosen.get().toAbsolutePath()), false)
                    : new SandboxFolder(Files.createTempDirectory("keyward-sandbox-"), true);
        } catch (IOException failure) {
            throw new SandboxException(
                    "The sandbox cannot create a folder for its data (%s). Choose one with --data.".formatted(failure),
                    failure);
        }
    }

    /// Where a part of the sandbox keeps its data.
    ///
    /// @param name such as `kafka`
    public Path part(String name) {
        return root.resolve(name);
    }

    /// Deletes the folder if it is temporary.
    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> contents = Files.walk(root)) {
            for (Path path : contents.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder " + root + " cannot be removed", failure);
        }
    }
}
