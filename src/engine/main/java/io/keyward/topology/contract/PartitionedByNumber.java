package io.keyward.topology.contract;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// Puts a record on the partition whose number is its key, in decimal digits.
public final class PartitionedByNumber<V> implements StreamPartitioner<String, V> {
    /// Kafka's interface deprecates this method for removal but has no replacement to implement.
    @SuppressWarnings("removal")
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        return Optional.of(Set.of(Integer.valueOf(key)));
    }
}
