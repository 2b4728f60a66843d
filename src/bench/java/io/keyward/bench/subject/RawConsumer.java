package io.keyward.bench.subject;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Reads the inputs and does nothing else: the maximum rate of broker and client.
///
/// One pass takes only a second or two, which is too short to measure. It therefore reads the backlog several
/// times. Its committed offsets increase from one pass to the next.
public final class RawConsumer {
    /// How often it reads the whole backlog.
    public static final int PASSES = 8;

    private static final long COMMIT_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration WAIT = Duration.ofMillis(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private long committed = System.nanoTime();

    private RawConsumer(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        ends = consumer.endOffsets(consumer.assignment());
    }

    public static void main(String... arguments) {
        SubjectJob job = SubjectJob.read(arguments);
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(job)) {
            consumer.assign(job.inputs().stream()
                    .map(Partitions::of)
                    .flatMap(List::stream)
                    .toList());
            new RawConsumer(consumer).run();
        }
    }

    /// Runs until the process ends.
    private void run() {
        for (int pass = 0; pass < PASSES; pass++) {
            consumer.seekToBeginning(ends.keySet());
            read(pass);
            consumer.commitSync(offsets(pass));
        }
        while (true) {
            consumer.poll(WAIT);
        }
    }

    private void read(int pass) {
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            consumer.poll(WAIT);
            if (System.nanoTime() - committed >= COMMIT_NANOS) {
                consumer.commitAsync(offsets(pass), null);
                committed = System.nanoTime();
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(int pass) {
        return ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(pass * end.getValue() + consumer.position(end.getKey()))));
    }
}
