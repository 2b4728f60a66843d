package io.keyward.console.replica;

import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;

/// Waiting that an interruption ends as it ends a wait for Kafka.
final class Pause {
    private Pause() {}

    /// @throws InterruptException if the thread is interrupted
    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
