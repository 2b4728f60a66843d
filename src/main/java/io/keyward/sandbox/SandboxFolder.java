package io.keyward.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a sandbox keeps its data: a folder of the user's choice, or one of its own that goes when the sandbox goes.
public final class SandboxFolder implements AutoCloseable {
    private final Path root;
    private final boolean temporary;

    private SandboxFolder(Path root, boolean temporary) {
        this.root = root;
        this.temporary = temporary;
    }

    /// The chosen folder, made if need be; without a choice, a new one.
    ///
    /// @throws SandboxException if the folder cannot be made
    public static SandboxFolder of(Optional<Path> chosen) {
        try {
            return chosen.isPresent()
                    ? new SandboxFolder(Files.createDirectories(chosen.get().toAbsolutePath()), false)
                    : new SandboxFolder(Files.createTempDirectory("keyward-sandbox-"), true);
        } catch (IOException failure) {
            throw new SandboxException(
                    "The sandbox has no folder for its data (%s). Choose another one with --data.".formatted(failure),
                    failure);
        }
    }

    /// Where the broker keeps its data.
    public Path kafka() {
        return root.resolve("kafka");
    }

    /// Where the schema registry keeps its schemas.
    public Path registry() {
        return root.resolve("registry");
    }

    /// Where the vaults keep their keys.
    public Path vault() {
        return root.resolve("vault");
    }

    /// Where the processor keeps its state.
    public Path state() {
        return root.resolve("state");
    }

    /// Removes a folder that was made for this sandbox only.
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
