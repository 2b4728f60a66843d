package io.keyward.chaos;

import io.keyward.testing.process.RecordFollower;
import io.keyward.domain.decision.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Watches the decisions as any service does, and notes when which pulse became visible.
final class Follower implements AutoCloseable {
    private final OutputTopics outputs;
    private final AtomicIntegerArray seen;
    private final List<List<Long>> times;
    private final RecordFollower follower;

    Follower(Connection connection) {
        int partitions = connection.partitions();
        outputs = new OutputTopics(connection);
        seen = new AtomicIntegerArray(
                IntStream.range(0, partitions).map(_ -> -1).toArray());
        times = IntStream.range(0, partitions)
                .mapToObj(_ -> (List<Long>) new ArrayList<Long>())
                .toList();
        follower = RecordFollower.start(outputs.consumer(connection.names().decisions()), this::note);
    }

    /// The number of the last pulse whose decision on the partition could be seen; -1 before the first.
    int lastOn(int partition) {
        follower.rethrowFailure();
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
        follower.close();
    }
}
