package io.keyward.bench.flink;

import io.keyward.bench.subject.SubjectJob;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Writes output records to their topics and partitions.
final class OutputSerializer implements KafkaRecordSerializationSchema<FlinkOutput> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(FlinkOutput departure, KafkaSinkContext context, Long timestamp) {
        Headers headers = new RecordHeaders();
        if (departure.sent.length > 0) {
            headers.add(SubjectJob.SENT, departure.sent);
        }
        return new ProducerRecord<>(
                departure.topic, departure.partition, departure.time, departure.key, departure.value, headers);
    }
}
