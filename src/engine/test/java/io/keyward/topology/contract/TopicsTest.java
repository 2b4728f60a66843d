package io.keyward.topology.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.avro.GeneratedClasses;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.Topic.Direction;
import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private static final TopicNames NAMES = new TopicNames("cmk.");

    @Test
    void theFileHasTheContractOfEveryTopic() {
        assertThat(Topics.load().all()).extracting(TopicContract::topic).containsExactly(Topic.values());
    }

    @Test
    void everyEventHasATopicOfItsOwn() {
        assertThat(Event.kinds().stream().map(Topics::of))
                .containsExactlyInAnyOrderElementsOf(Topics.events())
                .doesNotHaveDuplicates();
        assertThat(Topics.events()).containsAll(Topic.inputs()).contains(Topic.TIME_REACHED, Topic.TENANT_ERASED);
        assertThat(Topics.of(Event.KeyRevoked.class)).isEqualTo(Topic.KEY_REVOKED);
    }

    @Test
    void positionsNameTheTopicsThatTheTopologyReads() {
        assertThat(Topic.readByTheProcessor())
                .isEqualTo(Stream.concat(Topics.events().stream(), Stream.of(Topic.REROUTED))
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso", "contoso/env-1", "contoso/env-1/KEY_REVOKED/a/b", "contoso//LIMIT"})
    void everyRecordOfATenantGoesToOnePartition(String key) {
        assertThat(new PartitionedByTenant<byte[]>().partitions("cmk.warnings", key, new byte[0], 12))
                .contains(Set.of(TenantPartitioner.partitionOf("contoso", 12)));
    }

    @Test
    void everythingThatIsReadByTenantSharesOnePartitionCount() {
        assertThat(Topics.load().all())
                .filteredOn(TopicContract::sharesPartitionCount)
                .extracting(TopicContract::topic)
                .containsExactlyElementsOf(Arrays.stream(Topic.values())
                        .filter(topic -> topic.direction() != Direction.OUT || topic == Topic.PROGRESS)
                        .filter(topic -> topic != Topic.KEY_WATCH)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyEventAndProgressHaveTheClockOfTheBroker(Topic topic) {
        assertThat(Topics.load().contract(topic).config())
                .containsEntry(
                        "message.timestamp.type",
                        Topics.events().contains(topic)
                                        || Set.of(Topic.KEY_HINTS, Topic.KEY_WATCH, Topic.PROGRESS)
                                                .contains(topic)
                                ? "LogAppendTime"
                                : "CreateTime");
    }

    @ParameterizedTest
    @CsvSource({
        "ENCRYPTION_DECISIONS, compact",
        "WARNINGS, compact",
        "ANALYTICS_SUPPRESSIONS, compact",
        "POLICY_APPLIED, delete",
        "ERASURES, delete",
        "TENANT_ERASED, delete",
        "KEY_HINTS, delete",
        "KEY_WATCH, 'compact,delete'",
        "REROUTED, delete",
        "DEAD_LETTERS, delete"
    })
    void onlyOutputsThatTellWhatHoldsNowAreCompacted(Topic topic, String cleanup) {
        assertThat(Topics.load().contract(topic).config()).containsEntry("cleanup.policy", cleanup);
    }

    @ParameterizedTest
    @CsvSource({
        "ENCRYPTION_DECISIONS, min.compaction.lag.ms, 2592000000",
        "WARNINGS, min.compaction.lag.ms, 2592000000",
        "ANALYTICS_SUPPRESSIONS, min.compaction.lag.ms, 2592000000",
        "POLICY_APPLIED, retention.ms, 34560000000",
        "KEY_REVOKED, retention.ms, 34560000000",
        "ENFORCEMENT_REPORTED, retention.ms, 34560000000",
        "TIME_REACHED, retention.ms, 34560000000",
        "ERASURES, retention.ms, -1",
        "TENANT_ERASED, retention.ms, 34560000000",
        "KEY_HINTS, retention.ms, 3600000",
        "KEY_WATCH, retention.ms, 172800000",
        "REROUTED, retention.ms, 604800000",
        "DEAD_LETTERS, retention.ms, 2592000000"
    })
    void promisedTimesAreKept(Topic topic, String setting, String millis) {
        assertThat(Topics.load().contract(topic).config()).containsEntry(setting, millis);
    }

    @Test
    void allEventsAreKeptEquallyLong() {
        assertThat(Topic.inputs().stream()
                        .map(topic -> Topics.load().contract(topic).retention()))
                .containsOnly(Optional.of(Duration.ofDays(400)));
    }

    @Test
    void thePrefixStandsBeforeEveryName() {
        assertThat(NAMES.name(Topic.POLICY_APPLIED)).isEqualTo("cmk.policy-applied");
        assertThat(NAMES.inputs())
                .hasSize(9)
                .allMatch(name -> name.startsWith("cmk."))
                .doesNotContain(NAMES.rerouted());
        assertThat(List.of(NAMES.decisions(), NAMES.warnings(), NAMES.suppressions(), NAMES.deadLetters()))
                .containsExactly(
                        "cmk.encryption-decisions", "cmk.warnings", "cmk.analytics-suppressions", "cmk.dead-letters");
        assertThat(NAMES.all()).hasSize(Topic.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void aFullNameLeadsBackToItsTopic(Topic topic) {
        assertThat(NAMES.topic(NAMES.name(topic))).contains(topic);
        assertThat(NAMES.topic(topic.baseName())).isEmpty();
        assertThat(new TopicNames("").topic(topic.baseName())).contains(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "tenant/", "ü"})
    void aPrefixThatKafkaWouldRefuseIsRefusedHere(String prefix) {
        assertThatThrownBy(() -> new TopicNames(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + prefix + "'")
                .hasMessageContaining(TopicNames.ACCEPTED_PREFIX);
    }

    @Test
    void theFileNamesNothingElse() throws IOException {
        assertThat(new YAMLMapper().readTree(text()).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::baseName).toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyContractIsComplete(Topic topic) {
        TopicContract contract = Topics.load().contract(topic);
        assertThat(contract.key()).isNotBlank();
        assertThat(contract.description()).isNotBlank();
        assertThat(contract.config()).containsKeys("cleanup.policy", "message.timestamp.type");
        if (topic == Topic.REROUTED || topic == Topic.DEAD_LETTERS) {
            assertThat(topic.valueSchema()).isEmpty();
        } else {
            assertThat(topic.valueSchema().flatMap(GeneratedClasses::record)).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "direction: own                | direction: in         | time-reached has direction IN",
                "direction: own                | direction: up         | not one of the values accepted for Enum class",
                "value: io.keyward.event.KeyRotated | value: io.keyward.event.KeyRevoked | key-rotated has direction IN and value io.keyward.event.KeyRevoked",
                "partitions: free              | partitions: 12        | Partitions",
                "partitions: free              | partitions: twelve    | not one of the values accepted for Enum class",
                "value: io.keyward.event.KeyRotated | values: KeyRotated | Unrecognized field \"values\"",
                "key: as received              | # no key              | Missing required creator property 'key'",
                "policy-removed:               | policy-applied:       | Duplicate field 'policy-applied'"
            })
    void aMistakeInTheFileIsNamed(String right, String wrong, String message) throws IOException {
        assertThatThrownBy(() -> Topics.parse(text().replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("topology/topics.yaml: ")
                .hasMessageContaining(message);
    }

    private static String text() throws IOException {
        try (InputStream file = Topics.class.getResourceAsStream("/topology/topics.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
