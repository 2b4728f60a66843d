package io.keyward.client;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.config.KeywardConfig;
import io.keyward.decision.WarningStatus;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Running;
import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a feed tells on a real broker, of the processor's warnings and of others.
@ExtendWith(ClusterExtension.class)
class WarningFeedIT {
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final String KEY = "acme/prod/KEY_REVOKED";
    private static final String KEY_OF_FOURTH = "fabrikam/prod/KEY_REVOKED";
    private static final int INCIDENTS = 100;

    private static Cluster cluster;

    @Test
    void incidentsOfTheProcessorAreOpenedUpdatedAndClosedAndAnErasureClosesThem() {
        KeywardConfig config = cluster.config("processor.", Map.of());
        cluster.withTopics(config);
        Running.whileRunning(config, () -> {
            try (WarningFeed feed = WarningFeed.open(settings("processor."), WarningFeed.FROM_NOW)) {
                decide(
                        config,
                        clean(1, "acme", "prod"),
                        applied(2, "acme", "prod", "k1"),
                        revoked(3, "acme", "k1", RevocationCause.KEY_DISABLED));
                Notice opened = next(feed, Notice.Kind.OPENED);
                decide(config, revoked(4, "acme", "k1", RevocationCause.ACCESS_REMOVED));
                assertThat(next(feed, Notice.Kind.UPDATED).id()).isEqualTo(opened.id());
                decide(config, restored(5, "acme", "k1"));
                assertThat(next(feed, Notice.Kind.CLOSED).id()).isEqualTo(opened.id());

                decide(config, revoked(7, "acme", "k1"));
                Notice again = next(feed, Notice.Kind.OPENED);
                assertThat(again.id()).isNotEqualTo(opened.id()).startsWith(KEY + "/");
                decide(config, new Event.TenantErased(new TenantId("acme"), new Stamp(day(9), new EventId("erasure"))));
                Notice erased = next(feed, Notice.Kind.CLOSED);
                assertThat(erased.id()).isEqualTo(again.id());
                assertThat(erased.warning()).isEmpty();
            }
        });
    }

    private static void decide(KeywardConfig config, Event... events) {
        cluster.send(config.topics().names(), events);
        Running.awaitDecisions(config);
    }

    /// The next notice of that kind about the key.
    private static Notice next(WarningFeed feed, Notice.Kind kind) {
        List<Notice> found = new ArrayList<>();
        Patience.until(kind + " is reported", () -> {
            feed.poll(A_WHILE).stream()
                    .filter(notice -> notice.key().equals(KEY) && notice.kind() == kind)
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    @Test
    void afterAStopItGoesOnBehindTheStoredPosition() {
        Settings settings = withTopics("resumed.").withKafka("max.poll.records", 7);
        WarningWriter writer = new WarningWriter(cluster, settings);
        IntStream.range(0, INCIDENTS)
                .forEach(i -> cluster.sendAll(writer.whole("t" + i % 10 + "/e" + i / 20 + "/KEY_REVOKED", "i" + i)));
        Map<String, List<Notice.Kind>> handled = new HashMap<>();
        String position = WarningFeed.FROM_BEGINNING;
        int notices = 0;
        while (notices < 3 * INCIDENTS) {
            try (WarningFeed feed = WarningFeed.open(settings, position)) {
                List<Notice> told = awaitNotices(feed, 20);
                told.forEach(notice -> handled.computeIfAbsent(notice.id(), _ -> new ArrayList<>())
                        .add(notice.kind()));
                notices += told.size();
                position = feed.position();
                // It stops after it has read more, before it has stored that.
                assertThat(feed.poll(A_WHILE)).hasSizeLessThanOrEqualTo(7);
            }
        }
        assertThat(handled)
                .hasSize(INCIDENTS)
                .allSatisfy((id, kinds) -> assertThat(kinds)
                        .as(id)
                        .containsExactly(Notice.Kind.OPENED, Notice.Kind.UPDATED, Notice.Kind.CLOSED));
    }

    /// At least that many, or all that is left.
    private static List<Notice> awaitNotices(WarningFeed feed, int count) {
        List<Notice> told = new ArrayList<>();
        Patience.until("the rest is reported", () -> {
            List<Notice> more = feed.poll(A_WHILE);
            told.addAll(more);
            return told.size() >= count || (more.isEmpty() && !told.isEmpty());
        });
        return told;
    }

    @Test
    void fromNowOnItTellsWhatFollowsAndKnowsWhatIsOpen() {
        Settings settings = withTopics("now.");
        WarningWriter writer = new WarningWriter(cluster, settings);
        writer.write(KEY, "A", 1, WarningStatus.RAISED);
        writer.write("acme/test/KEY_REVOKED", "B", 1, WarningStatus.RAISED);
        try (WarningFeed feed = WarningFeed.open(settings, WarningFeed.FROM_NOW)) {
            writer.write(KEY, "A", 2, WarningStatus.UPDATED);
            writer.remove("acme/test/KEY_REVOKED");

            assertThat(told(feed, 2)).containsExactly("UPDATED " + KEY + "/A", "CLOSED acme/test/KEY_REVOKED/B");
        }
    }

    @Test
    void aPositionThatIsStoredBeforeAnythingIsPolledIsTheStart() {
        Settings settings = withTopics("unpolled.");
        WarningWriter writer = new WarningWriter(cluster, settings);
        writer.write(KEY, "A", 1, WarningStatus.RAISED);
        String position = positionOfNow(settings);
        writer.write(KEY, "A", 2, WarningStatus.CLEARED);

        assertThat(toldFrom(settings, position, 1)).containsExactly("CLOSED " + KEY + "/A");
    }

    @Test
    void aPartitionThatThePositionDoesNotNameIsToldFromTheBeginning() throws Exception {
        Settings settings = withTopics("grown.");
        String position = positionOfNow(settings);
        writeToOnePartitionMore(settings);

        assertThat(toldFrom(settings, position, 1)).containsExactly("OPENED " + KEY_OF_FOURTH + "/A");
    }

    @Test
    void ofAPartitionThatEndsBeforeThePositionAllIsTold() {
        Settings settings = withTopics("short.");
        WarningWriter writer = new WarningWriter(cluster, settings);
        writer.write(KEY, "A", 1, WarningStatus.RAISED);
        writer.write("t1/prod/KEY_REVOKED", "B", 1, WarningStatus.RAISED);
        FeedPosition now = FeedPosition.parse(positionOfNow(settings));
        Map<Integer, Long> beyond = new HashMap<>(now.next());
        beyond.merge(TenantPartitioner.ofKey(KEY, Cluster.PARTITIONS), 1L, Long::sum);

        String position = new FeedPosition(now.topic(), beyond).toString();
        assertThat(toldFrom(settings, position, 1)).containsExactly("OPENED " + KEY + "/A");
    }

    @Test
    void ofATopicThatWasMadeAnewAllIsTold() throws Exception {
        Settings settings = withTopics("again.");
        WarningWriter writer = new WarningWriter(cluster, settings);
        writer.write(KEY, "A", 1, WarningStatus.RAISED);
        String position = positionOfNow(settings);
        makeAnew(settings);
        writer.write(KEY, "B", 1, WarningStatus.RAISED);
        writer.write(KEY, "B", 2, WarningStatus.UPDATED);

        assertThat(toldFrom(settings, position, 2)).containsExactly("OPENED " + KEY + "/B", "UPDATED " + KEY + "/B");
    }

    /// It looks at the topic every 30 seconds.
    @Tag("full")
    @Test
    void partitionsThatAreAddedAndATopicThatIsMadeAnewAreNoticedWhileItReads() throws Exception {
        Settings settings = withTopics("changed.");
        WarningWriter writer = new WarningWriter(cluster, settings);
        writer.write(KEY, "A", 1, WarningStatus.RAISED);
        try (WarningFeed feed = WarningFeed.open(settings, WarningFeed.FROM_NOW)) {
            writeToOnePartitionMore(settings);
            assertThat(told(feed, 1)).containsExactly("OPENED " + KEY_OF_FOURTH + "/A");
            makeAnew(settings);
            writer.write(KEY, "B", 1, WarningStatus.RAISED);
            assertThat(told(feed, 1)).containsExactly("OPENED " + KEY + "/B");
        }
    }

    @Test
    void whatNobodyCanReadIsLeftOut() {
        Settings settings = withTopics("unreadable.");
        WarningWriter writer = new WarningWriter(cluster, settings);
        writer.write(KEY, new byte[] {1, 2, 3});
        writer.write(KEY, "A", 1, WarningStatus.RAISED);

        assertThat(toldFrom(settings, WarningFeed.FROM_BEGINNING, 1)).containsExactly("OPENED " + KEY + "/A");
    }

    @Test
    void whileTheRegistryIsDownNothingIsLost() {
        Settings settings = withTopics("outage.").withRegistry("retries.deadline.ms", "100");
        new WarningWriter(cluster, settings).write(KEY, "A", 1, WarningStatus.RAISED);
        try (WarningFeed feed = WarningFeed.open(settings, WarningFeed.FROM_BEGINNING)) {
            cluster.stopRegistry();
            try {
                assertThatThrownBy(() -> told(feed, 1)).isInstanceOf(RegistryUnavailableException.class);
            } finally {
                cluster.startRegistryAgain();
            }
            assertThat(told(feed, 1)).containsExactly("OPENED " + KEY + "/A");
        }
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        assertThatThrownBy(() -> WarningFeed.open(settings("missing."), WarningFeed.FROM_NOW))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining("missing.warnings");
    }

    private static Settings settings(String prefix) {
        return Settings.of(cluster.bootstrapServers(), cluster.registryUrl().toString())
                .withPrefix(prefix);
    }

    private static Settings withTopics(String prefix) {
        cluster.withTopics(cluster.config(prefix, Map.of()));
        return settings(prefix);
    }

    private static String positionOfNow(Settings settings) {
        try (WarningFeed feed = WarningFeed.open(settings, WarningFeed.FROM_NOW)) {
            return feed.position();
        }
    }

    private static List<String> toldFrom(Settings settings, String position, int count) {
        try (WarningFeed feed = WarningFeed.open(settings, position)) {
            return told(feed, count);
        }
    }

    /// The next notices, at least that many.
    private static List<String> told(WarningFeed feed, int count) {
        List<String> told = new ArrayList<>();
        Patience.until(count + " notices are reported", () -> {
            feed.poll(A_WHILE).forEach(notice -> told.add(notice.kind() + " " + notice.id()));
            return told.size() >= count;
        });
        return told;
    }

    private static void writeToOnePartitionMore(Settings settings) throws Exception {
        String topic = settings.topics().warnings();
        int partitions = Cluster.PARTITIONS + 1;
        try (Admin admin = Admin.create(settings.kafka())) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
        new WarningWriter(cluster, topic, partitions).write(KEY_OF_FOURTH, "A", 1, WarningStatus.RAISED);
    }

    private static void makeAnew(Settings settings) throws Exception {
        try (Admin admin = Admin.create(settings.kafka())) {
            String topic = settings.topics().warnings();
            admin.deleteTopics(List.of(topic)).all().get();
            Patience.until(
                    "the topic is gone",
                    () -> KafkaAnswers.topics(admin, List.of(topic)).isEmpty());
        }
        withTopics(settings.topics().prefix());
    }
}
