package io.keyward.console.replica;

import java.nio.file.Path;
import java.time.Duration;

/// A replica in a process of its own, to be killed.
public final class ReplicaChild {
    private ReplicaChild() {}

    /// Runs until it is killed.
    ///
    /// @param arguments the broker, the application, and the folder of the database
    public static void main(String... arguments) throws InterruptedException {
        try (Changelogs changelogs = new Changelogs(arguments[0], arguments[1])) {
            Replica replica = Replica.start(changelogs.settings(Path.of(arguments[2])));
            while (!replica.status().ready()) {
                Thread.sleep(Duration.ofMillis(50));
            }
            System.out.println("READY after " + replica.status().records());
            Thread.sleep(Duration.ofMinutes(1));
        }
    }
}
