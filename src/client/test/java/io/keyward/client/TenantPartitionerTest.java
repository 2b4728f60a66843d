package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantPartitionerTest {
    @ParameterizedTest
    @ValueSource(strings = {"contoso", "fabrikam", "7d1c9f4e-0b7a-4a55-9d65-3f1f7a1f9a10", "Ünïcödé", "東京"})
    void aTenantIsAtHomeWhereTheDefaultProducerPutsItsId(String tenantId) {
        byte[] key = tenantId.getBytes(StandardCharsets.UTF_8);
        for (int partitions : new int[] {1, 2, 12, 100}) {
            assertThat(TenantPartitioner.partitionOf(tenantId, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso", "contoso/env-1", "contoso/env-1/KEY_REVOKED/a/b", "contoso//LIMIT"})
    void everyRecordOfATenantGoesToOnePartition(String key) {
        assertThat(TenantPartitioner.ofKey(key, 12)).isEqualTo(TenantPartitioner.partitionOf("contoso", 12));
    }

    @Test
    void aProducerOfKafkaCanUseIt() {
        List<PartitionInfo> partitions = IntStream.range(0, 12)
                .mapToObj(number -> new PartitionInfo("cmk.policy-applied", number, null, null, null))
                .toList();
        Cluster cluster = new Cluster("cluster", List.of(), partitions, Set.of(), Set.of());
        try (TenantPartitioner partitioner = new TenantPartitioner()) {
            partitioner.configure(Map.of());
            byte[] key = "contoso".getBytes(StandardCharsets.UTF_8);
            assertThat(partitioner.partition("cmk.policy-applied", "contoso", key, null, null, cluster))
                    .isEqualTo(TenantPartitioner.partitionOf("contoso", 12))
                    .isNotZero();
            assertThatThrownBy(() -> partitioner.partition("cmk.policy-applied", null, null, null, null, cluster))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("its key must be the tenantId");
        }
    }
}
