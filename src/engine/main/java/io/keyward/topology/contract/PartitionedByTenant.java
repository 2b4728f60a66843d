package io.keyward.topology.contract;

import io.keyward.client.TenantPartitioner;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// Puts every output of a tenant on one partition, so that they are in order.
public final class PartitionedByTenant<V> implements StreamPartitioner<String, V> {
    /// Kafka's interface deprecates this method for removal but has no replacement to implement.
    @SuppressWarnings("removal")
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        return Optional.of(Set.of(TenantPartitioner.ofKey(key, partitions)));
    }
}
