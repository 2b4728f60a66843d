package io.keyward.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far the consumers of an instance have polled. A partition can end with what no task sees: markers of
/// transactions, and records of aborted ones. Safe for many threads.
public final class PolledOffsets {
    /// The property that gives the interceptor of a consumer its offsets.
    public static final String SETTING = "keyward.polled-offsets";

    private final Map<TopicPartition, Polled> polled = new ConcurrentHashMap<>();

    /// @param behind the offset behind the last record that was polled
    /// @param next where the consumer goes on; between the two there is no record
    private record Polled(long behind, long next) {}

    /// The offset behind what a task has processed: if that is the last record that was polled, behind what follows it
    /// without a record.
    ///
    /// @param processed the offset behind the last record that the task has processed
    long next(TopicPartition partition, long processed) {
        Polled last = polled.get(partition);
        return last == null || processed < last.behind() ? processed : Math.max(processed, last.next());
    }

    /// Notes what a consumer polls.
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
                            (known, passed) -> new Polled(known.behind(), passed.next()));
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
