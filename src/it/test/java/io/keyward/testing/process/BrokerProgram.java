package io.keyward.testing.process;

import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// One Kafka broker and a schema registry in a process of their own. Their addresses are written to a file once
/// both answer.
public final class BrokerProgram {
    /// The name of that file, in the folder.
    public static final String ADDRESSES = "addresses";

    /// The name of the broker's folder, in the folder.
    public static final String DATA = "kafka";

    private BrokerProgram() {}

    /// Runs until the process is ended.
    ///
    /// @param arguments the folder for all files, and the broker's port or 0 for any
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve(DATA), port);
                EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(Optional.empty(), FreePorts.HOST, 0)) {
            Path written = Files.writeString(
                    folder.resolve(ADDRESSES + ".new"), kafka.bootstrapServers() + "\n" + registry.url() + "\n");
            Files.move(written, folder.resolve(ADDRESSES), StandardCopyOption.ATOMIC_MOVE);
            new CountDownLatch(1).await();
        }
    }
}
