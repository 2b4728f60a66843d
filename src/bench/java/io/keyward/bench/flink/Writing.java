package io.keyward.bench.flink;

import io.keyward.bench.subject.Job;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Writes output records to their topics and partitions.
final class Writing implements KafkaRecordSerializationSchema<Departure> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(Departure departure, KafkaSinkContext context, Long timestamp) {
        Headers headers = new RecordHeaders();
        if (departure.sent.length > 0) {
            headers.add(Job.SENT, departure.sent);
        }
        return new ProducerRecord<>(
                departure.topic, departure.partition, departure.time, departure.key, departure.value, headers);
    }
}
