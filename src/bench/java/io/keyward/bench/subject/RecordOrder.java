package io.keyward.bench.subject;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// The order in which a loop gets the records of its consumer. Not thread-safe.
interface RecordOrder {
    /// Processes some records. Waits at most `atMost` for the first one.
    void take(KafkaConsumer<byte[], byte[]> consumer, Duration atMost, Consumer<ConsumerRecord<byte[], byte[]>> work);

    /// The offsets to commit for the records processed since the last call.
    Map<TopicPartition, OffsetAndMetadata> offsets();

    /// The order in which the consumer fetches them: partition by partition.
    static RecordOrder asFetched() {
        return new RecordOrder() {
            private Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

            @Override
            public void take(
                    KafkaConsumer<byte[], byte[]> consumer,
                    Duration atMost,
                    Consumer<ConsumerRecord<byte[], byte[]>> work) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
                records.forEach(work);
                offsets.putAll(records.nextOffsets());
            }

            @Override
            public Map<TopicPartition, OffsetAndMetadata> offsets() {
                Map<TopicPartition, OffsetAndMetadata> done = offsets;
                offsets = new HashMap<>();
                return done;
            }
        };
    }
}
