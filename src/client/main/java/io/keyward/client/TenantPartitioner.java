package io.keyward.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/// Partitions records by tenant, as Java's default partitioner does for records with the tenantId as key.
///
/// The tenantId is taken from a key of the form `tenantId` or `tenantId/…`. So all inputs of a tenant are on one
/// partition, and so are all its outputs, in order.
public final class TenantPartitioner implements Partitioner {
    private static final char SEPARATOR = '/';

    /// The owning partition of a tenant: the partition of all its records.
    public static int partitionOf(String tenantId, int partitions) {
        byte[] key = tenantId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /// The owning partition of a record with this key.
    public static int ofKey(String key, int partitions) {
        int end = key.indexOf(SEPARATOR);
        return partitionOf(end < 0 ? key : key.substring(0, end), partitions);
    }

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        if (keyBytes == null) {
            throw new IllegalArgumentException(
                    "A record of the topic %s has no key; its key must be the tenantId.".formatted(topic));
        }
        return ofKey(new String(keyBytes, StandardCharsets.UTF_8), cluster.partitionCountForTopic(topic));
    }

    @Override
    public void configure(Map<String, ?> settings) {
        // There is nothing to set.
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
