package io.keyward.bench.subject;

import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Reads the inputs and does nothing: what the broker and the client can deliver at most.
public final class RawConsumer {
    private static final long COMMIT_NANOS = Duration.ofMillis(20).toNanos();

    private RawConsumer() {}

    public static void main(String... arguments) {
        Job job = Job.read(arguments);
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(job)) {
            consumer.subscribe(job.inputs());
            long committed = System.nanoTime();
            while (true) {
                consumer.poll(Duration.ofMillis(10));
                if (System.nanoTime() - committed >= COMMIT_NANOS) {
                    consumer.commitAsync();
                    committed = System.nanoTime();
                }
            }
        }
    }
}
