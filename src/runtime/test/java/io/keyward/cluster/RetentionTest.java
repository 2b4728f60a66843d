package io.keyward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.topology.contract.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// For how long events are kept.
class RetentionTest {
    private static final String FOR_EVER = "-1";

    @ParameterizedTest
    @CsvSource({"P35D", "P400D", "P4000D"})
    void whatIsKeptLongEnoughPasses(Duration kept) {
        assertThat(warnings(Topic.KEY_REVOKED, millis(kept), FOR_EVER)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"KEY_REVOKED", "ENFORCEMENT_REPORTED", "TIME_REACHED"})
    void whatIsKeptForEverPasses(Topic topic) {
        assertThat(warnings(topic, FOR_EVER, FOR_EVER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT839H, 34 days", "P7D, 7 days", "PT1H, 1 hours"})
    void whatIsDeletedEarlierIsReportedWithItsRemedy(Duration kept, String inWords) {
        assertThat(warnings(Topic.TIME_REACHED, millis(kept), FOR_EVER))
                .containsExactly(
                        new TopicFinding(
                                "Topic cmk.time-reached has retention.ms=%s (%s): keep events for 400 days, and at least for 35, because deleted events cannot be verified, or read again after a disaster."
                                        .formatted(millis(kept), inWords),
                                "kafka-configs.sh --bootstrap-server a:9092 --alter --entity-type topics --entity-name cmk.time-reached --add-config retention.ms=34560000000"));
    }

    @ParameterizedTest
    @CsvSource({"0", "1073741824"})
    void whatIsDeletedBySizeIsReportedWithItsRemedy(String bytes) {
        assertThat(warnings(Topic.KEY_REVOKED, FOR_EVER, bytes))
                .containsExactly(
                        new TopicFinding(
                                "Topic cmk.key-revoked has retention.bytes=%s: a larger partition loses events regardless of their age, and deleted events cannot be verified, or read again after a disaster."
                                        .formatted(bytes),
                                "kafka-configs.sh --bootstrap-server a:9092 --alter --entity-type topics --entity-name cmk.key-revoked --add-config retention.bytes=-1"));
    }

    /// They hold no events, or only what is on its way.
    @ParameterizedTest
    @EnumSource(
            value = Topic.class,
            names = {"KEY_HINTS", "KEY_WATCH", "REROUTED", "DEAD_LETTERS", "WARNINGS"})
    void otherTopicsMayDeleteEarlier(Topic topic) {
        assertThat(warnings(topic, "1000", "1000")).isEmpty();
    }

    private static String millis(Duration kept) {
        return Long.toString(kept.toMillis());
    }

    private static List<TopicFinding> warnings(Topic topic, String millis, String bytes) {
        var contract = Topics.load().contract(topic);
        Map<String, String> config = new HashMap<>(contract.config());
        config.put("min.insync.replicas", "1");
        config.putIfAbsent("max.message.bytes", "1048588");
        config.put("retention.ms", millis);
        config.put("retention.bytes", bytes);
        TopicRow row =
                new TopicRow("cmk." + topic.baseName(), contract, Optional.of(new TopicRow.TopicState(12, 1, config)));
        return new TopicComparison(List.of(row), "a:9092").check().warnings();
    }
}
