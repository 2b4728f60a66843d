package io.keyward.app.start;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.cli.command.ConfigCheck;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.InstanceHealth;
import io.keyward.topology.KeywardTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A first start needs complete inputs, unless the user allows incomplete ones.
@ExtendWith(ClusterExtension.class)
class FirstStartIT {
    private static Cluster cluster;
    private static Admin admin;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
    }

    @Test
    void anotherApplicationIdWhereRevocationsHaveBeenDeletedIsRefused() throws Exception {
        KeywardConfig right = locked("revoked.");
        trim(right, Topic.KEY_REVOKED);
        refused(
                under(right, "typo", Map.of()),
                "The group typo has read nothing yet",
                right.topics().names().decisions(),
                right.topics().names().name(Topic.KEY_REVOKED),
                "keyward.application.id = typo",
                right.applicationId(),
                "bin/keyward run --start-anew");
        assertThat(revisions(right)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anotherApplicationIdOverWholeInputsIsRefusedBecauseOfWhatIsPublished() {
        KeywardConfig right = locked("published.");
        refused(
                under(right, "published-typo", Map.of()),
                right.topics().names().decisions(),
                "Revisions would begin again at 1",
                "--start-anew");
    }

    @Test
    void inputsThatWereTrimmedBeforeTheFirstStartAreRefused() throws Exception {
        KeywardConfig config = cluster.config("trimmed.", Map.of());
        cluster.withTopics(config).send(config.topics().names(), revoked(1, "contoso", "k1"));
        trim(config, Topic.KEY_REVOKED);
        refused(config, config.topics().names().name(Topic.KEY_REVOKED), "--start-anew");
    }

    @ParameterizedTest
    @ValueSource(strings = "classic")
    void toldToStartAnewItDecidesFromWhatIsLeftAndLaterStartsNeedNotBeTold(String protocol) throws Exception {
        KeywardConfig right = locked(protocol + ".");
        trim(right, Topic.KEY_REVOKED);
        KeywardConfig anew = under(right, protocol + "-anew", Map.of("keyward.streams.group.protocol", protocol));
        decided(Instance.prepare(anew, true, Cluster.NOTHING_DUE), anew);
        assertThat(revisions(anew)).startsWith(1L, 2L, 3L, 1L).hasSizeGreaterThan(3);
        decided(Instance.prepare(anew, false, Cluster.NOTHING_DUE), anew);
        try (Instance told = Instance.prepare(anew, true, Cluster.NOTHING_DUE)) {
            assertThat(told.notes())
                    .anySatisfy(note -> assertThat(note).contains("--start-anew has no effect", anew.applicationId()));
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = "streams")
    void toldToStartAnewItDoesSoInTheOtherProtocolToo(String protocol) throws Exception {
        toldToStartAnewItDecidesFromWhatIsLeftAndLaterStartsNeedNotBeTold(protocol);
    }

    @Tag("full")
    @Test
    void anInstanceThatBeganInTheMeantimeIsNotSetBack() throws Exception {
        KeywardConfig config = cluster.config("meantime.", Map.of());
        cluster.withTopics(config).send(config.topics().names(), clean(1, "contoso", "hr"));
        try (ClusterAnswers answers = ClusterAnswers.connect(config);
                Instance other = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            ReadOffsets before = ReadOffsets.fetch(answers, config, Cluster.PARTITIONS);
            other.start();
            Awaitility.await().until(() -> backlog.undecided().isEmpty());
            Map<TopicPartition, Long> read = answers.committed(config.applicationId());
            assertThat(read).isNotEmpty();
            assertThat(new FirstStart(answers, config, before, false).commitBeginnings())
                    .isEmpty();
            assertThat(answers.committed(config.applicationId())).isEqualTo(read);
        }
    }

    @Test
    void configCheckRefusesAndAcceptsTheSame() throws Exception {
        KeywardConfig config = cluster.config(
                "check.", Map.of("keyward.state.dir", folder.resolve("check").toString()));
        cluster.withTopics(config).send(config.topics().names(), revoked(1, "contoso", "k1"));
        trim(config, Topic.KEY_REVOKED);
        List<String> found = new ArrayList<>();
        assertThat(ConfigCheck.passes(config, false, result -> found.add(result.text())))
                .isFalse();
        assertThat(found).anyMatch(text -> text.startsWith("failed   cluster") && text.contains("--start-anew"));
        found.clear();
        ConfigCheck.passes(config, true, result -> found.add(result.text()));
        assertThat(found).noneMatch(text -> text.startsWith("failed   cluster"));
        refused(config, "--start-anew"); // since the check has changed nothing
    }

    @Test
    void topicsOnOneDiskAreToldOnce() {
        KeywardConfig config = cluster.config("single.", Map.of());
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            assertThat(instance.notes())
                    .singleElement()
                    .satisfies(note -> assertThat(note)
                            .contains("topics have a single replica", "revocations", "keyward.topics.replication = 3"));
        }
    }

    @Tag("full")
    @Test
    void eventsThatAreDeletedEarlyAreToldAndPreventNothing() throws Exception {
        KeywardConfig config = cluster.config("brief.", Map.of());
        String revoked = config.topics().names().name(Topic.KEY_REVOKED);
        cluster.withTopics(config).alter(revoked, "retention.ms", "86400000");
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            assertThat(instance.notes())
                    .anySatisfy(note -> assertThat(note)
                            .contains("Events are deleted early", revoked, "retention.ms=86400000 (1 days)"));
        }
    }

    @Test
    void aNewClusterNeedsNoOptionHoweverOftenItIsStartedBeforeTheFirstRecord() {
        KeywardConfig config = cluster.config("new.", Map.of());
        cluster.withTopics(config);
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
        cluster.send(config.topics().names(), clean(1, "contoso", "hr"));
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
        assertThat(revisions(config)).containsExactly(1L);
    }

    /// `topology/CHANGES.md`: the changelogs are deleted, the inputs are read again.
    @Test
    void aResetHasToBeToldToStartAnew() throws Exception {
        KeywardConfig config = locked("reset.");
        trim(config, Topic.KEY_ROTATED);
        admin.deleteTopics(changelogs(config)).all().get();
        delete(config.value(StateSettings.DIR));
        refused(config, "is missing", "--reset-offsets --to-earliest", "--start-anew");
        toEarliest(config);
        refused(config, "has read nothing yet", "bin/keyward run --start-anew");
        decided(Instance.prepare(config, true, Cluster.NOTHING_DUE), config);
        assertThat(revisions(config)).startsWith(1L, 2L, 3L, 1L);
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
    }

    @Tag("full")
    @Test
    void aGroupWhoseOffsetsExpiredGoesOnWhereNothingWasDeletedAndElseHasToBeTold() throws Exception {
        KeywardConfig config = locked("expired.");
        admin.deleteConsumerGroups(List.of(config.applicationId())).all().get();
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
        assertThat(revisions(config)).containsExactly(1L, 2L, 3L);
        admin.deleteConsumerGroups(List.of(config.applicationId())).all().get();
        trim(config, Topic.KEY_REVOKED);
        refused(config, "has lost its committed offsets", "offsets.retention.minutes", "--start-anew");
        decided(Instance.prepare(config, true, Cluster.NOTHING_DUE), config);
        assertThat(revisions(config)).containsExactly(1L, 2L, 3L);
    }

    /// Kafka Streams commits no offset for a partition that was empty.
    @Test
    void recordsThatWereDeletedUnreadFromAPartitionThatWasEmptyAreTold() throws Exception {
        KeywardConfig config = locked("late.");
        cluster.send(config.topics().names(), limit(4, "contoso", 30));
        trim(config, Topic.TENANT_LIMIT_CHANGED);
        refused(config, "1 records of late.tenant-limit-changed", "deleted before they were read");
    }

    @Tag("full")
    @Test
    void timeEventsThatWereDeletedUnreadAreNoLoss() throws Exception {
        KeywardConfig config = locked("time.");
        cluster.send(config.topics().names(), new Event.TimeReached(new TenantId("contoso"), day(4)));
        trim(config, Topic.TIME_REACHED);
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
        assertThat(revisions(config)).containsExactly(1L, 2L, 3L);
    }

    /// The rows of deadlines repeat what is known of environments.
    @Tag("full")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreOfDeadlinesWhoseChangelogIsGoneIsFilledAgain(boolean stateKept) throws Exception {
        KeywardConfig config = cluster.config("deadlines-" + stateKept + ".", Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config)
                .send(
                        names,
                        clean(1, "contoso", "hr"),
                        applied(2, "contoso", "hr", "k1"),
                        removed(3, "contoso", "hr", "k1"));
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
        admin.deleteTopics(List.of(config.applicationId() + "-deadlines-changelog"))
                .all()
                .get();
        if (!stateKept) {
            delete(config.value(StateSettings.DIR));
        }
        try (Instance instance = Instance.prepare(config, false, InstantSource.system())) {
            instance.start();
            Awaitility.await().until(() -> retainsNothing(names));
            instance.rethrowFailure();
        }
    }

    private static boolean retainsNothing(TopicNames names) {
        return cluster.standing(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .allMatch(decision -> decision.decision().retainUntil().isEmpty());
    }

    /// An environment whose key is revoked: revision 3 is LOCKED.
    private static KeywardConfig locked(String prefix) {
        KeywardConfig config = cluster.config(prefix, Map.of());
        cluster.withTopics(config)
                .send(
                        config.topics().names(),
                        clean(1, "contoso", "hr"),
                        applied(2, "contoso", "hr", "k1"),
                        revoked(3, "contoso", "k1"));
        decided(Instance.prepare(config, false, Cluster.NOTHING_DUE), config);
        return config;
    }

    private static void decided(Instance prepared, KeywardConfig config) {
        try (Instance instance = prepared;
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            Awaitility.await()
                    .until(() -> InstanceHealth.readiness(instance).ok()
                            && backlog.undecided().isEmpty());
            instance.rethrowFailure();
        }
    }

    /// The same topics for another application.
    private static KeywardConfig under(KeywardConfig config, String application, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("keyward.application.id", application);
        settings.put("keyward.state.dir", folder.resolve(application).toString());
        return cluster.config(config.topics().names().prefix(), settings);
    }

    private static void trim(KeywardConfig config, Topic topic) throws Exception {
        String name = config.topics().names().name(topic);
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
            all.put(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(-1));
        }
        admin.deleteRecords(all).all().get();
    }

    private static List<String> changelogs(KeywardConfig config) {
        return KeywardTopology.stores().stream()
                .map(store -> config.applicationId() + "-" + store + "-changelog")
                .toList();
    }

    /// What kafka-consumer-groups.sh does for topics with offsets.
    private static void toEarliest(KeywardConfig config) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> earliest = new HashMap<>();
        admin.listConsumerGroupOffsets(config.applicationId())
                .partitionsToOffsetAndMetadata()
                .get()
                .keySet()
                .forEach(partition -> earliest.put(partition, new OffsetAndMetadata(0)));
        admin.alterConsumerGroupOffsets(config.applicationId(), earliest).all().get();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<Long> revisions(KeywardConfig config) {
        return cluster.published(config.topics().names().decisions()).stream()
                .map(publication -> ((Publication.OfDecision) publication).revision())
                .toList();
    }

    private static void refused(KeywardConfig config, String... parts) {
        assertThatThrownBy(() -> Instance.prepare(config, false, Cluster.NOTHING_DUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(parts);
    }
}
