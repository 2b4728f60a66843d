package io.keyward.app.start;

import io.keyward.cluster.SetupFinding;
import io.keyward.config.StateSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
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
record StateFolder(Path folder, String applicationId) {
    /// The first write buffers need this much.
    private static final long LEAST_BYTES = 64L << 20;

    private static final int BLOCK = 4096;

    public StateFolder {
        folder = folder.toAbsolutePath();
    }

    /// Why an instance cannot use the folder.
    ///
    /// @param starts whether an instance is about to use it: then it is created, and must not be in use
    List<SetupFinding> findings(boolean starts) {
        Path existing = folder.normalize();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            tryOut(existing);
            if (starts) {
                Files.createDirectories(folder);
            }
        } catch (IOException failure) {
            return List.of(unusable(existing, failure));
        }
        return Stream.concat(shortage(existing).stream(), starts ? taken().stream() : Stream.empty())
                .toList();
    }

    /// Neither its rights nor its kind tell whether it takes what is written, or has room for the user.
    private static void tryOut(Path folder) throws IOException {
        Path made = Files.createTempDirectory(folder, ".keyward");
        Path file = made.resolve("trial");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(BLOCK));
            channel.force(true);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(made);
        }
    }

    private static String fileSystem(Path path) {
        try {
            return Files.getFileStore(path).type();
        } catch (IOException unknown) {
            return "unknown";
        }
    }

    private SetupFinding unusable(Path existing, IOException failure) {
        return new StartFinding(
                "The state folder %s cannot be used: the user %s cannot make a folder and write to a file in %s, of the file system %s (%s). Make that possible, or set another %s."
                        .formatted(folder, user(), existing, fileSystem(existing), failure, StateSettings.DIR.key()),
                "mkdir -p %s && chown -R %s %s".formatted(folder, user(), folder));
    }

    /// A finding if there is too little free space.
    private Optional<SetupFinding> shortage(Path existing) {
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            return free >= LEAST_BYTES
                    ? Optional.empty()
                    : Optional.of(new StartFinding(
                            "The state folder %s has %d MiB left, and at least %d are needed."
                                    .formatted(folder, free >> 20, LEAST_BYTES >> 20),
                            "df -h " + existing));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /// Kafka Streams holds a lock on this file as long as it uses the folder.
    private Optional<SetupFinding> taken() {
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

    private SetupFinding inUse(Path file) {
        return new StartFinding(
                "The state folder %s is in use by another instance; each needs a folder of its own. Stop that one, or set another %s."
                        .formatted(folder, StateSettings.DIR.key()),
                "fuser -v " + file);
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
