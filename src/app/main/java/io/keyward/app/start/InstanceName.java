package io.keyward.app.start;

import io.keyward.config.StreamsProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The name that a state folder gives to the instance that uses it, as long as the folder exists. Only one
/// instance at a time has it: it holds a lock on the file with the name, which ends with the process at the
/// latest.
public final class InstanceName implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final FileChannel file;
    private final String text;

    private InstanceName(FileChannel file) throws IOException {
        this.file = file;
        String id = new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
        if (!ID.matcher(id).matches()) { // a new file, or the machine failed while it was written
            id = UUID.randomUUID().toString();
            file.truncate(0).write(ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8)), 0);
        }
        this.text = StreamsProperties.hostName().replaceAll("[^a-zA-Z0-9._-]", "-") + "-" + id;
    }

    /// The name of the folder. Empty if another instance has it, or the folder cannot keep a file.
    public static Optional<InstanceName> of(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel file = FileChannel.open(
                    folder.resolve("instance-id"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                if (file.tryLock() != null) {
                    return Optional.of(new InstanceName(file));
                }
            } catch (OverlappingFileLockException ours) {
                // as if another process had it
            } catch (IOException failure) {
                file.close();
                throw failure;
            }
            file.close();
            return Optional.empty();
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }

    /// Consists of the name of the host, so that a copy of the folder on another machine gives another name,
    /// and an id from the folder. Kafka accepts it as `group.instance.id`.
    public String text() {
        return text;
    }

    /// Lets another instance have the name.
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            // the lock ends with the process
        }
    }
}
