package io.keyward.app.start;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.TopicAdmin;
import io.keyward.cluster.TopicFinding;
import io.keyward.config.AdminSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.CapturedLog;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.Program;
import io.keyward.testing.RegistryGate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a start refuses, and the command that fixes it.
@ExtendWith(ClusterExtension.class)
class StartChecksIT {
    private static Cluster cluster;
    private static Admin admin;

    @BeforeAll
    static void start() {
        admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
    }

    @Test
    void aStateFolderThatAnotherInstanceUses() {
        KeywardConfig config = ran("used.");
        try (Instance first = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            first.start();
            refused(config, "in use by another instance", "keyward.state.dir", "fuser -v");
        }
        try (Instance next = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            assertThat(InstanceHealth.liveness(next).ok()).isTrue();
        }
    }

    @Test
    void aRegistryThatDoesNotAnswerIsWaitedForAsLongAsTheLogSays(@TempDir Path folder) throws Exception {
        try (RegistryGate gate = new RegistryGate(cluster.registryUrl())) {
            KeywardConfig config = cluster.config(
                    "wait.",
                    Map.of(
                            "keyward.registry.url", gate.url(),
                            "keyward.registry.auto.register.schemas", "true",
                            "keyward.state.dir", folder.resolve("state").toString()));
            cluster.withTopics(config);
            gate.fail(RegistryGate.Failure.BROKEN);
            Path file = Files.writeString(folder.resolve("wait.properties"), config.describe());
            try (Program waiting = Program.start(folder, "waiting", "run", "--config", file)) {
                waiting.awaitErr("the start waits up to 60 s for it, and then fails");
                gate.mend();
                waiting.awaitErr("Schema registry answers again");
                waiting.awaitErr("Started");
                assertThat(waiting.err()).doesNotContain("not cached");
            }
            gate.fail(RegistryGate.Failure.BROKEN);
            Files.writeString(file, config.describe() + "\nkeyward.registry.retries.deadline.ms = 1000\n");
            try (Program ending = Program.start(folder, "ending", "run", "--config", file)) {
                assertThat(ending.exitCode()).isEqualTo(1);
                assertThat(ending.err())
                        .contains("the start waits up to 1 s for it, and then fails")
                        .contains("keyward: The schemas of the outputs cannot be resolved")
                        .doesNotContain("not cached", "Started");
            }
        }
    }

    /// As after a power failure, when everything starts at once.
    @Test
    void aClusterThatIsNotThereYetIsWaitedFor(@TempDir Path folder) throws Exception {
        KeywardConfig config = cluster.config(
                "later.", Map.of("keyward.state.dir", folder.resolve("state").toString()));
        cluster.withTopics(config);
        Path file = Files.writeString(folder.resolve("later.properties"), config.describe());
        cluster.stopKafka();
        try (Program waiting = Program.start(folder, "waiting", "run", "--config", file)) {
            waiting.awaitErr("waiting for Kafka at " + cluster.bootstrapServers());
            cluster.startKafkaAgain();
            waiting.awaitErr("Started");
        }
    }

    /// Names of brokers that start at the same time come late, too.
    @Test
    void aNameThatIsNotKnownYetIsWaitedForAsLongAsTheSettingSays() {
        KeywardConfig config = cluster.config(
                "name.",
                Map.of(
                        "keyward.kafka.bootstrap.servers", "nowhere.invalid:9092",
                        "keyward.kafka.default.api.timeout.ms", "300",
                        "keyward.kafka.request.timeout.ms", "300"));
        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> ClusterAnswers.patiently(config))
                    .hasMessageContainingAll("nowhere.invalid:9092", "keyward.kafka.bootstrap.servers");
            assertThat(log.lines())
                    .extracting(CapturedLog.Line::text)
                    .anyMatch(text -> text.startsWith("waiting for Kafka at nowhere.invalid:9092"));
        }
        assertThat(AdminSettings.forStart(config.kafka()).limit()).isEqualTo(Duration.ofMillis(300));
        assertThat(AdminSettings.forStart(cluster.config("name.", Map.of()).kafka())
                        .limit())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aStateFolderThatCannotBeMade(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        KeywardConfig config = cluster.config(
                "file.", Map.of("keyward.state.dir", file.resolve("state").toString()));
        cluster.withTopics(config);
        refused(config, "cannot be used", "mkdir -p");
    }

    @Test
    void aChangelogThatIsGoneThoughTheInputsHaveBeenRead() throws Exception {
        KeywardConfig config = ran("gone.");
        admin.deleteTopics(List.of("gone.keyward-environments-changelog")).all().get();
        refused(
                config,
                "gone.keyward-environments-changelog is missing",
                "--group gone.keyward --all-topics --reset-offsets --to-earliest --execute");
    }

    @Test
    void recordsThatWereDeletedBeforeTheyWereRead() throws Exception {
        KeywardConfig config = ran("unread.");
        TopicNames names = config.topics().names();
        cluster.send(names, clean(2, "contoso", "hr"), clean(3, "contoso", "hr"));
        String changes = names.name(Topic.ENVIRONMENT_CHANGED);
        for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
            admin.deleteRecords(Map.of(new TopicPartition(changes, partition), RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
        refused(config, "2 records of " + changes, "were deleted before they were read", "--topic " + changes + ":");
    }

    @Test
    void aChangelogThatIsDeletedByAgeOrTakesSmallRowsOnly() throws Exception {
        KeywardConfig config = ran("altered.");
        alter("altered.keyward-keys-changelog", "cleanup.policy", "delete");
        alter("altered.keyward-tenants-changelog", "max.message.bytes", "1000");
        refused(
                config,
                "altered.keyward-keys-changelog has cleanup.policy=delete",
                "--add-config cleanup.policy=compact",
                "altered.keyward-tenants-changelog has max.message.bytes=1000",
                "--add-config max.message.bytes=1048588");
    }

    /// Kafka Streams creates changelogs with the broker's defaults unless told otherwise: no start may end because an
    /// earlier one did so.
    @Test
    void aChangelogThatTakesNoWritesIsAWarningAndForTopicsCheckAFinding() throws Exception {
        KeywardConfig config = ran("in-sync.");
        String changelog = "in-sync.keyward-keys-changelog";
        cluster.alter(changelog, "min.insync.replicas", "2");
        String sentence =
                "Topic " + changelog + " has min.insync.replicas=2 with a replication of 1: nothing can be written.";
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            assertThat(instance.notes())
                    .anySatisfy(note -> assertThat(note)
                            .contains(sentence, "--entity-name " + changelog + " --add-config min.insync.replicas=1"));
        }
        try (TopicAdmin topics = new TopicAdmin(config)) {
            assertThat(topics.check().findings())
                    .extracting(TopicFinding::sentence)
                    .containsExactly(sentence);
        }
    }

    @Test
    void clocksThatAreMinutesApart() {
        KeywardConfig config = cluster.config("clock.", Map.of());
        Duration most = Duration.ofMinutes(5);
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            assertThat(new ClusterClock(answers, Instant::now).ahead())
                    .hasValueSatisfying(ahead -> assertThat(ahead.abs()).isLessThan(most));
            assertThat(new ClusterClock(answers, Instant::now).finding(most)).isEmpty();
            assertThat(new ClusterClock(answers, () -> Instant.now().plusSeconds(600)).finding(most))
                    .hasValueSatisfying(finding -> {
                        assertThat(finding.sentence()).contains("apart", "behind");
                        assertThat(finding.remedy()).contains("timedatectl");
                    });
            assertThat(new ClusterClock(answers, () -> Instant.now().minusSeconds(600)).finding(most))
                    .hasValueSatisfying(
                            finding -> assertThat(finding.sentence()).contains("ahead"));
        }
    }

    /// An application that has run and decided something.
    private static KeywardConfig ran(String prefix) {
        KeywardConfig config = cluster.config(prefix, Map.of());
        cluster.withTopics(config);
        cluster.send(config.topics().names(), clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            Awaitility.await().until(() -> backlog.undecided().isEmpty());
        }
        return config;
    }

    private static void refused(KeywardConfig config, String... parts) {
        assertThatThrownBy(() -> Instance.prepare(config, false, Cluster.NOTHING_DUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(parts);
    }

    private static void alter(String topic, String setting, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
