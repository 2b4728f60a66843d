package io.keyward.chaos;

import io.keyward.domain.decision.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Watches the decisions as any service does, and notes when which pulse became visible.
final class Follower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final OutputTopics outputs;
    private final AtomicIntegerArray seen;
    private final List<List<Long>> times;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;

    private volatile boolean stopped;

    Follower(Connection connection) {
        int partitions = connection.partitions();
        outputs = new OutputTopics(connection);
        seen = new AtomicIntegerArray(
                IntStream.range(0, partitions).map(_ -> -1).toArray());
        times = IntStream.range(0, partitions)
                .mapToObj(_ -> (List<Long>) new ArrayList<Long>())
                .toList();
        thread = Thread.ofPlatform()
                .name("follower")
                .start(() -> run(connection.names().decisions()));
    }

    /// The number of the last pulse whose decision on the partition could be seen; -1 before the first.
    int lastOn(int partition) {
        if (failure.get() != null) {
            throw new AssertionError("The decisions cannot be followed", failure.get());
        }
        return seen.get(partition);
    }

    /// The longest time from that moment on in which no decision appeared on some partition.
    Duration longestSilence(long sinceNanos) {
        long longest = 0;
        for (List<Long> partition : times) {
            long before = sinceNanos;
            for (long time : copy(partition)) {
                longest = Math.max(longest, time - before);
                before = Math.max(before, time);
            }
        }
        return Duration.ofNanos(longest);
    }

    private void run(String decisions) {
        try (KafkaConsumer<String, byte[]> consumer = outputs.consumer(decisions)) {
            while (!stopped) {
                consumer.poll(POLL).forEach(this::note);
            }
        } catch (RuntimeException failed) {
            failure.set(failed);
        }
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        Optional<Integer> pulse = outputs.publication(record)
                .map(Publication.OfDecision.class::cast)
                .flatMap(
                        decision -> Pulses.number(record.key(), decision.cause().eventId()));
        pulse.ifPresent(number -> {
            seen.set(record.partition(), number);
            List<Long> partition = times.get(record.partition());
            synchronized (partition) {
                partition.add(System.nanoTime());
            }
        });
    }

    private static List<Long> copy(List<Long> partition) {
        synchronized (partition) {
            return List.copyOf(partition);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }
}
