package io.keyward.app;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.Publication;
import io.keyward.topology.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An application that has read nothing yet decides from all that was ever said, or only if told so.
class BeginningIT {
    private static Cluster cluster;
    private static Admin admin;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(folder);
        admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        cluster.close();
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
                "revisions would begin again at 1",
                "--start-anew");
    }

    @Test
    void inputsThatWereTrimmedBeforeTheFirstStartAreRefused() throws Exception {
        KeywardConfig config = cluster.config("trimmed.", Map.of());
        cluster.withTopics(config).send(config.topics().names(), revoked(1, "contoso", "k1"));
        trim(config, Topic.KEY_REVOKED);
        refused(config, config.topics().names().name(Topic.KEY_REVOKED), "--start-anew");
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
        decided(Instance.prepare(config), config);
        return config;
    }

    private static void decided(Instance prepared, KeywardConfig config) {
        try (Instance instance = prepared;
                Backlog backlog = Backlog.of(config)) {
            instance.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> instance.readiness().ok() && backlog.open().isEmpty());
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

    private static List<Long> revisions(KeywardConfig config) {
        return cluster.published(config.topics().names().decisions()).stream()
                .map(publication -> ((Publication.OfDecision) publication).revision())
                .toList();
    }

    private static void refused(KeywardConfig config, String... parts) {
        assertThatThrownBy(() -> Instance.prepare(config))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(parts);
    }
}
