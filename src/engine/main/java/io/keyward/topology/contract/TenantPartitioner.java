package io.keyward.topology.contract;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// Partitions records by tenant, as Java's default partitioner partitions records with the tenantId as key.
///
/// For output topics, it takes the tenantId from a key of the form `tenantId` or `tenantId/…`. So all outputs
/// of a tenant are in order on one partition.
public final class TenantPartitioner<V> implements StreamPartitioner<String, V> {
    private static final char SEPARATOR = '/';

    /// The partition for all records of a tenant.
    public static int home(String tenantId, int partitions) {
        byte[] key = tenantId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /// Kafka's interface deprecates this method for removal but has no replacement to implement.
    @SuppressWarnings("removal")
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        int end = key.indexOf(SEPARATOR);
        return Optional.of(Set.of(home(end < 0 ? key : key.substring(0, end), partitions)));
    }
}
