package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.topology.contract.PartitionedByTenant;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantPartitionerTest {
    @ParameterizedTest
    @ValueSource(strings = {"contoso", "fabrikam", "7d1c9f4e-0b7a-4a55-9d65-3f1f7a1f9a10", "Ünïcödé", "東京"})
    void aTenantIsAtHomeWhereTheDefaultProducerPutsItsId(String tenantId) {
        byte[] key = tenantId.getBytes(StandardCharsets.UTF_8);
        for (int partitions : new int[] {1, 2, 12, 100}) {
            assertThat(TenantPartitioner.home(tenantId, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso", "contoso/env-1", "contoso/env-1/KEY_REVOKED/a/b", "contoso//LIMIT"})
    void everyRecordOfATenantGoesToOnePartition(String key) {
        assertThat(TenantPartitioner.ofKey(key, 12)).isEqualTo(TenantPartitioner.home("contoso", 12));
        assertThat(new PartitionedByTenant<byte[]>().partitions("cmk.warnings", key, new byte[0], 12))
                .contains(Set.of(TenantPartitioner.home("contoso", 12)));
    }
}
