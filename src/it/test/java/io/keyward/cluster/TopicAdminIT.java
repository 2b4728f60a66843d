package io.keyward.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.Topic;
import io.keyward.cluster.TopicOutcome.Creation;
import io.keyward.config.KeywardConfig;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.testing.process.FreePorts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each test has a prefix of its own on one broker.
class TopicAdminIT {
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start(@TempDir Path data) {
        kafka = EmbeddedKafka.start(data, 0);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void createdTopicsPassTheCheckAndCreatingAgainChangesNothing() {
        try (TopicAdmin topics = new TopicAdmin(config("fresh.", 3))) {
            assertThat(topics.create())
                    .hasSize(Topic.values().length)
                    .allMatch(outcome -> outcome.result() == Creation.CREATED);
            assertThat(topics.check()).isEqualTo(new TopicAdmin.TopicCheck(List.of(), List.of(), OptionalInt.of(3)));
            assertThat(topics.create()).allMatch(outcome -> outcome.result() == Creation.EXISTED);
        }
    }

    @Test
    void describedTopicsShowContractAndState() {
        try (TopicAdmin topics = new TopicAdmin(config("described.", 2))) {
            assertThat(topics.describe()).allMatch(row -> row.state().isEmpty());
            topics.create();
            TopicRow decisions = row(topics, Topic.ENCRYPTION_DECISIONS);
            assertThat(decisions.name()).isEqualTo("described.encryption-decisions");
            TopicRow.TopicState state = decisions.state().orElseThrow();
            assertThat(state.partitions()).isEqualTo(2);
            assertThat(state.replication()).isEqualTo(1);
            assertThat(state.config()).containsAllEntriesOf(decisions.contract().config());
        }
    }

    @Test
    void missingTopicsAreFoundAndTheCommandThatCreatesThemIsNamed() {
        try (TopicAdmin topics = new TopicAdmin(config("missing.", 3))) {
            TopicAdmin.TopicCheck check = topics.check();
            assertThat(check.passed()).isFalse();
            assertThat(check.inputPartitions()).isEmpty();
            assertThat(check.findings())
                    .hasSize(Topic.values().length)
                    .contains(TopicFinding.absent("missing.policy-applied"));
            assertThat(check.findings().getFirst().sentence())
                    .isEqualTo("Topic missing.policy-applied does not exist.");
            assertThat(check.findings().getFirst().remedy()).isEqualTo("bin/keyward topics create");
        }
    }

    @Test
    void anInputWithFewerPartitionsThanTheOthersIsFound() throws Exception {
        given(new NewTopic("uneven.policy-applied", 2, (short) 1).configs(logAppendTime()));
        given(new NewTopic("uneven.key-rotated", 4, (short) 1).configs(logAppendTime()));
        try (TopicAdmin topics = new TopicAdmin(config("uneven.", 3))) {
            TopicFinding finding = new TopicFinding(
                    "Topic uneven.policy-applied has 2 partitions where another input has 4, so the events of one tenant would reach different instances. If Keyward has run already, move its state as well: bin/keyward reshard run --partitions 4. If it has not:",
                    "kafka-topics.sh --bootstrap-server %s --alter --topic uneven.policy-applied --partitions 4"
                            .formatted(kafka.bootstrapServers()));
            assertThat(topics.create())
                    .filteredOn(outcome -> outcome.result() != Creation.CREATED)
                    .containsExactly(
                            new TopicOutcome("uneven.policy-applied", Creation.DIFFERS, List.of(finding)),
                            new TopicOutcome("uneven.key-rotated", Creation.EXISTED, List.of()));
            assertThat(topics.check().findings()).containsExactly(finding);
            assertThat(topics.check().inputPartitions()).isEmpty();
        }
    }

    @Test
    void newInputsGetThePartitionCountOfThoseThatExist() throws Exception {
        given(new NewTopic("joining.policy-applied", 5, (short) 1).configs(logAppendTime()));
        try (TopicAdmin topics = new TopicAdmin(config("joining.", 3))) {
            topics.create();
            assertThat(topics.check().passed()).isTrue();
            assertThat(topics.check().inputPartitions()).hasValue(5);
            assertThat(row(topics, Topic.WARNINGS).state())
                    .hasValueSatisfying(state -> assertThat(state.partitions()).isEqualTo(3));
        }
    }

    @Test
    void settingsThatTheProductReliesOnAreChecked() throws Exception {
        given(new NewTopic("settings.policy-applied", 3, (short) 1)
                .configs(Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime")));
        given(new NewTopic("settings.warnings", 1, (short) 1)
                .configs(Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime")));
        given(new NewTopic("settings.progress", 3, (short) 1)
                .configs(Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime")));
        try (TopicAdmin topics = new TopicAdmin(config("settings.", 3))) {
            assertThat(topics.create())
                    .filteredOn(outcome -> outcome.result() == Creation.DIFFERS)
                    .hasSize(3);
            List<TopicFinding> findings = topics.check().findings();
            assertThat(findings)
                    .extracting(TopicFinding::remedy)
                    .containsExactly(
                            alter("settings.policy-applied", "cleanup.policy=delete"),
                            alter("settings.policy-applied", "message.timestamp.type=LogAppendTime"),
                            alter("settings.warnings", "cleanup.policy=compact"),
                            alter("settings.warnings", "message.timestamp.type=CreateTime"),
                            alter("settings.progress", "message.timestamp.type=LogAppendTime"));
            assertThat(findings)
                    .extracting(TopicFinding::sentence)
                    .containsExactly(
                            "Topic settings.policy-applied has cleanup.policy=compact; it must be delete: otherwise only the newest record of each key is kept, and events are lost.",
                            "Topic settings.policy-applied has message.timestamp.type=CreateTime; it must be LogAppendTime: otherwise a producer's own clock decides what lies in the future.",
                            "Topic settings.warnings has cleanup.policy=delete; it must be compact: otherwise state that is still valid is deleted because it is old.",
                            "Topic settings.warnings has message.timestamp.type=LogAppendTime; it must be CreateTime: otherwise records lose the time of the event that caused them.",
                            "Topic settings.progress has message.timestamp.type=CreateTime; it must be LogAppendTime: otherwise a producer's own clock decides what lies in the future.");
            assertThat(findings.getFirst().remedy())
                    .isEqualTo(
                            "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name settings.policy-applied --add-config cleanup.policy=delete",
                            kafka.bootstrapServers());
        }
    }

    /// The broker's default is a week. Somebody else may have created the topic.
    @Test
    void eventsThatAreDeletedEarlyAreAWarningAndNoFailure() throws Exception {
        given(new NewTopic("brief.policy-applied", 3, (short) 1).configs(logAppendTime()));
        try (TopicAdmin topics = new TopicAdmin(config("brief.", 3))) {
            topics.create();
            assertThat(topics.check().passed()).isTrue();
            assertThat(topics.check().warnings()).singleElement().satisfies(warning -> {
                assertThat(warning.sentence())
                        .startsWith("Topic brief.policy-applied has retention.ms=604800000 (7 days): keep events for");
                assertThat(warning.remedy()).endsWith("--add-config retention.ms=34560000000");
            });
        }
    }

    @Test
    void aTopicThatTakesOnlySmallRecordsIsFoundAndOneThatTakesLargerOnesIsNot() throws Exception {
        given(new NewTopic("small.warnings", 1, (short) 1)
                .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", "1000")));
        given(new NewTopic("small.rerouted", 3, (short) 1).configs(Map.of("max.message.bytes", "2000000")));
        try (TopicAdmin topics = new TopicAdmin(config("small.", 3))) {
            topics.create();
            assertThat(topics.check().findings()).singleElement().satisfies(finding -> {
                assertThat(finding.sentence())
                        .isEqualTo(
                                "Topic small.warnings has max.message.bytes=1000; it must be at least 1048588: the first larger record would stop every instance.");
                assertThat(finding.remedy())
                        .isEqualTo(
                                "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name small.warnings --add-config max.message.bytes=1048588",
                                kafka.bootstrapServers());
            });
        }
    }

    @Test
    void aReplicationFactorThatTheClusterCannotHoldIsExplained() {
        KeywardConfig config = config(Map.of("keyward.topics.prefix", "wide.", "keyward.topics.replication", "3"));
        try (TopicAdmin topics = new TopicAdmin(config)) {
            assertThatThrownBy(topics::create)
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("Topic wide.policy-applied cannot be created")
                    .hasMessageContaining("replication");
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamed() {
        KeywardConfig config = config(Map.of(
                "keyward.kafka.bootstrap.servers",
                "127.0.0.1:" + FreePorts.one(),
                "keyward.kafka.default.api.timeout.ms",
                "300"));
        try (TopicAdmin topics = new TopicAdmin(config)) {
            assertThatThrownBy(topics::check)
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining(
                            "No Kafka broker at " + config.kafka().values().get("bootstrap.servers"))
                    .hasMessageContaining("within 300 ms")
                    .hasMessageContaining("keyward.kafka.bootstrap.servers")
                    .hasMessageContaining("bin/keyward sandbox");
        }
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        KeywardConfig config = config(Map.of("keyward.kafka.bootstrap.servers", "nowhere.invalid:9092"));
        assertThatThrownBy(() -> new TopicAdmin(config))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("No connection to Kafka at nowhere.invalid:9092")
                .hasMessageContaining("keyward.kafka.bootstrap.servers");
    }

    private static TopicRow row(TopicAdmin topics, Topic topic) {
        return topics.describe().stream()
                .filter(row -> row.contract().topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static String alter(String topic, String setting) {
        return TopicFinding.alterTopic(kafka.bootstrapServers(), topic, setting);
    }

    private static Map<String, String> logAppendTime() {
        return Map.of("message.timestamp.type", "LogAppendTime");
    }

    private static KeywardConfig config(String prefix, int partitions) {
        return config(
                Map.of("keyward.topics.prefix", prefix, "keyward.topics.partitions", Integer.toString(partitions)));
    }

    private static KeywardConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("keyward.kafka.bootstrap.servers", kafka.bootstrapServers()));
        all.putAll(settings);
        Properties system = new Properties();
        system.putAll(all);
        return KeywardConfig.load(Optional.empty(), Map.of(), system);
    }

    private static void given(NewTopic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            KafkaFuture<Void> created = admin.createTopics(List.of(topic)).all();
            created.get();
            Awaitility.await().until(() -> admin.listTopics().names().get().contains(topic.name()));
        }
    }
}
