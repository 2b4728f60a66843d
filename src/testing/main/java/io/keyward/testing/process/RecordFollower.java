package io.keyward.testing.process;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Hands on records as they appear, in a thread of its own.
public final class RecordFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopped;

    private <K, V> RecordFollower(KafkaConsumer<K, V> consumer, Consumer<ConsumerRecord<K, V>> sink) {
        thread = Thread.ofPlatform().name("follower").unstarted(() -> run(consumer, sink));
    }

    /// Starts to read; the consumer is closed in the end.
    public static <K, V> RecordFollower start(KafkaConsumer<K, V> consumer, Consumer<ConsumerRecord<K, V>> sink) {
        RecordFollower follower = new RecordFollower(consumer, sink);
        follower.thread.start();
        return follower;
    }

    /// Checks that it still reads.
    ///
    /// @throws AssertionError if the records could not be read
    public void rethrowFailure() {
        if (failure.get() != null) {
            throw new AssertionError("The records cannot be read", failure.get());
        }
    }

    private <K, V> void run(KafkaConsumer<K, V> consumer, Consumer<ConsumerRecord<K, V>> sink) {
        try (consumer) {
            while (!stopped) {
                consumer.poll(POLL).forEach(sink);
            }
        } catch (RuntimeException failed) {
            failure.set(failed);
        }
    }

    /// Ends the thread.
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw Patience.interrupted(interrupted);
        }
    }
}
