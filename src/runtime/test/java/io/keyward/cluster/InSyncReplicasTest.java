package io.keyward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.topology.contract.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many replicas must have a record before it counts as written.
class InSyncReplicasTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "3, 2", "3, 3", "5, 2"})
    void whatLosesNothingAndCanBeWrittenPasses(int replication, int inSync) {
        assertThat(findings(replication, inSync)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 1 | a record counts as written once it is on one broker, and is lost with that broker's disk | 2",
                "5 | 1 | a record counts as written once it is on one broker, and is lost with that broker's disk | 2",
                "1 | 2 | nothing can be written | 1",
                "2 | 3 | nothing can be written | 1",
                "3 | 4 | nothing can be written | 2"
            })
    void whatIsWrongIsReportedWithItsRemedy(int replication, int inSync, String consequence, int wanted) {
        assertThat(findings(replication, inSync)).singleElement().satisfies(finding -> {
            assertThat(finding.sentence())
                    .isEqualTo("Topic cmk.warnings has min.insync.replicas=%d with a replication of %d: %s."
                            .formatted(inSync, replication, consequence));
            assertThat(finding.remedy())
                    .isEqualTo(
                            "kafka-configs.sh --bootstrap-server a:9092 --alter --entity-type topics --entity-name cmk.warnings --add-config min.insync.replicas="
                                    + wanted);
        });
    }

    private static List<TopicFinding> findings(int replication, int inSync) {
        var contract = Topics.load().contract(Topic.WARNINGS);
        Map<String, String> config = new HashMap<>(contract.config());
        config.put("min.insync.replicas", Integer.toString(inSync));
        TopicRow row =
                new TopicRow("cmk.warnings", contract, Optional.of(new TopicRow.TopicState(12, replication, config)));
        return new TopicComparison(List.of(row), "a:9092").findings(row.name());
    }
}
