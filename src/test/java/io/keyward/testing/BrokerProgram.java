package io.keyward.testing;

import io.keyward.sandbox.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A Kafka broker in a process of its own, which can be frozen.
public final class BrokerProgram {
    private BrokerProgram() {}

    /// Runs until it is killed.
    ///
    /// @param arguments the folder of its data, and its port
    public static void main(String... arguments) throws InterruptedException {
        try (EmbeddedKafka _ = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            new CountDownLatch(1).await();
        }
    }
}
