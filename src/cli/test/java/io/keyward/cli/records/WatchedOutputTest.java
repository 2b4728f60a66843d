package io.keyward.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.TopicNames;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WatchedOutputTest {
    private static final TopicNames NAMES = new TopicNames("cmk.");

    @Test
    void aTenantsOutputsLieOnOnePartitionOfEachTopic() {
        assertThat(WatchedOutput.partitions(
                        Map.of("cmk.warnings", 12, "cmk.encryption-decisions", 5), NAMES, Optional.of("contoso")))
                .containsExactlyInAnyOrder(
                        new TopicPartition("cmk.warnings", TenantPartitioner.partitionOf("contoso", 12)),
                        new TopicPartition("cmk.encryption-decisions", TenantPartitioner.partitionOf("contoso", 5)));
    }

    @Test
    void deadLettersOfATenantAreLookedForEverywhere() {
        assertThat(WatchedOutput.partitions(Map.of("cmk.dead-letters", 3), NAMES, Optional.of("contoso")))
                .extracting(TopicPartition::partition)
                .containsExactly(0, 1, 2);
    }

    @Test
    void withoutATenantEveryPartitionIsRead() {
        assertThat(WatchedOutput.partitions(Map.of("cmk.warnings", 3), NAMES, Optional.empty()))
                .extracting(TopicPartition::partition)
                .containsExactly(0, 1, 2);
    }
}
