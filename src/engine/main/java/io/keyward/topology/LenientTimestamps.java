package io.keyward.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// Uses the record's timestamp, or the partition time if it has none: no record may stop the stream.
public final class LenientTimestamps implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> read, long partitionTime) {
        return read.timestamp() >= 0 ? read.timestamp() : Math.max(0, partitionTime);
    }
}
