package io.keyward.chaos.load;

import io.keyward.chaos.cluster.ExperimentTopics;
import io.keyward.chaos.cluster.OutputTopics;
import io.keyward.domain.decision.Publication;
import io.keyward.testing.process.RecordFollower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads the decisions as any service does, and records when the decision on each progress event became visible.
public final class ProgressFollower implements AutoCloseable {
    private final OutputTopics outputs;
    private final AtomicIntegerArray seen;
    private final List<List<Long>> times;
    private final RecordFollower follower;

    public ProgressFollower(ExperimentTopics topics) {
        int partitions = topics.partitions();
        outputs = new OutputTopics(topics);
        seen = new AtomicIntegerArray(
                IntStream.range(0, partitions).map(_ -> -1).toArray());
        times = IntStream.range(0, partitions)
                .mapToObj(_ -> (List<Long>) new ArrayList<Long>())
                .toList();
        follower = RecordFollower.start(outputs.consumer(topics.names().decisions()), this::note);
    }

    /// The number of the last progress event whose decision on the partition is visible; -1 before the first.
    public int lastOn(int partition) {
        follower.rethrowFailure();
        return seen.get(partition);
    }

    /// The longest time from that moment on in which no decision appeared on some partition.
    public Duration longestSilence(long sinceNanos) {
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
        Optional<Integer> event = outputs.publication(record)
                .map(Publication.OfDecision.class::cast)
                .flatMap(decision ->
                        ProgressEvents.number(record.key(), decision.cause().eventId()));
        event.ifPresent(number -> {
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
