package io.keyward.topology.contract;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// Places records by their tenant alone, where Java's default partitioner places a record with the tenantId as key.
///
/// As a partitioner of output topics it takes the tenantId from a key of the form `tenantId` or `tenantId/…`, so that
/// all outputs of a tenant stay in order on one partition.
public final class TenantPartitioner<V> implements StreamPartitioner<String, V> {
    private static final char SEPARATOR = '/';

    /// The partition on which all records of a tenant belong.
    public static int home(String tenantId, int partitions) {
        byte[] key = tenantId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /// Kafka's interface marks this method for removal, yet has no other one to implement.
    @SuppressWarnings("removal")
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        int end = key.indexOf(SEPARATOR);
        return Optional.of(Set.of(home(end < 0 ? key : key.substring(0, end), partitions)));
    }
}
