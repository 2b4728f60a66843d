package io.keyward.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far the consumers of an instance have polled. A partition can end with transaction markers and records of
/// aborted transactions, which no task receives. Thread-safe.
public final class PolledOffsets {
    /// The consumer property that passes the [PolledOffsets] to the interceptor.
    public static final String SETTING = "keyward.polled-offsets";

    private final Map<TopicPartition, Polled> polled = new ConcurrentHashMap<>();

    /// @param afterLast the offset after the last record that was polled
    /// @param next the offset at which the consumer continues; there is no record between the two
    private record Polled(long afterLast, long next) {}

    /// The offset up to which a task has processed. If it has processed the last polled record, this includes the
    /// markers and aborted records that follow it.
    ///
    /// @param processed the offset after the last record that the task has processed
    long next(TopicPartition partition, long processed) {
        Polled last = polled.get(partition);
        return last == null || processed < last.afterLast() ? processed : Math.max(processed, last.next());
    }

    /// Records the offsets that a consumer polls.
    public static final class Interceptor implements ConsumerInterceptor<byte[], byte[]> {
        private PolledOffsets offsets = new PolledOffsets();

        @Override
        public void configure(Map<String, ?> settings) {
            offsets = (PolledOffsets) settings.get(SETTING);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            records.nextOffsets().forEach((partition, next) -> {
                var some = records.records(partition);
                if (some.isEmpty()) {
                    offsets.polled.merge(
                            partition,
                            new Polled(0, next.offset()),
                            (known, advanced) -> new Polled(known.afterLast(), advanced.next()));
                } else {
                    offsets.polled.put(partition, new Polled(some.getLast().offset() + 1, next.offset()));
                }
            });
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> committed) {}

        @Override
        public void close() {}
    }
}
