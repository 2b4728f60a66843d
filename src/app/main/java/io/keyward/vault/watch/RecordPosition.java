package io.keyward.vault.watch;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// Where a record is.
public record RecordPosition(TopicPartition partition, long offset) {
    /// Whether the processor has read past the record, from the next offset of each partition.
    boolean isPassed(Map<TopicPartition, Long> processed) {
        return processed.getOrDefault(partition, 0L) > offset;
    }
}
