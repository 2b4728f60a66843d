package io.keyward.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/// The folder of one broker. It is locked against all other processes while open, and formatted for KRaft on
/// first use.
///
/// The broker's own lock is not enough: the broker takes it only after a second controller has opened the
/// metadata log.
record BrokerFolder(Path root, FileChannel lock) implements AutoCloseable {
    /// @throws SandboxException if the folder is in use or cannot be used
    static BrokerFolder open(Path root) {
        try {
            Files.createDirectories(root);
            BrokerFolder folder = new BrokerFolder(root, locked(root));
            folder.format();
            return folder;
        } catch (IOException failure) {
            throw new SandboxException(
                    "The data folder %s cannot be used (%s). Choose another one with --data.".formatted(root, failure),
                    failure);
        }
    }

    /// The folder for the broker's topics and the controller's metadata.
    Path logDir() {
        return root.resolve("log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileChannel locked(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // refused below: this process holds it
        }
        channel.close();
        throw new SandboxException(
                "The data folder %s is in use by another broker. Stop that sandbox, or choose another folder with --data."
                        .formatted(root));
    }

    private void format() {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            if (!Files.exists(logDir().resolve("meta.properties"))) {
                formatter(silent).run();
            }
        } catch (Exception failure) {
            close();
            throw new SandboxException(
                    "The data folder %s cannot be prepared for Kafka: %s. Choose another one with --data."
                            .formatted(root, failure.getMessage()),
                    failure);
        }
    }

    private Formatter formatter(PrintStream log) {
        return new Formatter()
                .setPrintStream(log)
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(logDir().toString())
                .setMetadataLogDirectory(logDir().toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER);
    }
}
