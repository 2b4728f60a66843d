package io.keyward.app.start;

import io.keyward.app.cluster.Finding;
import io.keyward.app.config.StateSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder in which an instance keeps its state. It must be writable, have free space, and not be in use by
/// another instance.
public record StateFolder(Path folder, String applicationId) {
    /// The first write buffers need this much.
    private static final long LEAST_BYTES = 64L << 20;

    public StateFolder {
        folder = folder.toAbsolutePath();
    }

    /// Why an instance cannot use the folder. Creates it if it does not exist.
    List<Finding> findings() {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            return List.of(new StartFinding(
                    "The state folder %s cannot be created (%s).".formatted(folder, failure),
                    "mkdir -p %s && chown -R %s %s".formatted(folder, user(), folder)));
        }
        if (!Files.isWritable(folder)) {
            return List.of(new StartFinding(
                    "The state folder %s cannot be written by the user %s.".formatted(folder, user()),
                    "chown -R %s %s".formatted(user(), folder)));
        }
        return Stream.concat(shortage().stream(), taken().stream()).toList();
    }

    /// A finding if there is too little free space.
    public Optional<Finding> shortage() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= LEAST_BYTES
                    ? Optional.empty()
                    : Optional.of(new StartFinding(
                            "The state folder %s has %d MiB left, and at least %d are needed."
                                    .formatted(folder, free >> 20, LEAST_BYTES >> 20),
                            "df -h " + folder));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /// Kafka Streams holds a lock on this file as long as it uses the folder.
    private Optional<Finding> taken() {
        Path file = folder.resolve(applicationId).resolve(".lock");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? Optional.of(inUse(file)) : Optional.empty();
        } catch (OverlappingFileLockException ours) {
            return Optional.of(inUse(file));
        } catch (IOException failure) {
            return Optional.of(new StartFinding(
                    "The file %s cannot be used (%s).".formatted(file, failure),
                    "chown -R %s %s".formatted(user(), folder)));
        }
    }

    private Finding inUse(Path file) {
        return new StartFinding(
                "The state folder %s is in use by another instance; each needs a folder of its own. Stop that one, or set another %s."
                        .formatted(folder, StateSettings.DIR.key()),
                "fuser -v " + file);
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
