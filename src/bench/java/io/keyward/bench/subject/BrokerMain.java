package io.keyward.bench.subject;

import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The broker that all subjects use, and a schema registry, in one process of their own. Their addresses are written
/// to a file once both answer.
public final class BrokerMain {
    /// The name of that file.
    public static final String ADDRESSES = "addresses";

    /// The name of the folder in which the broker keeps everything.
    public static final String DATA = "kafka";

    private BrokerMain() {}

    /// Runs until the process is ended.
    ///
    /// @param arguments the folder for all files
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve(DATA), 0);
                EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0)) {
            Path written = Files.writeString(
                    folder.resolve(ADDRESSES + ".new"), kafka.bootstrapServers() + "\n" + registry.url() + "\n");
            Files.move(written, folder.resolve(ADDRESSES), StandardCopyOption.ATOMIC_MOVE);
            new CountDownLatch(1).await();
        }
    }
}
