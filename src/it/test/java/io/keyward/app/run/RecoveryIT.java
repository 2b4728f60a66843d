package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.cli.command.BackupCommand;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Report;
import io.keyward.proof.StateVerification;
import io.keyward.proof.Subject;
import io.keyward.testing.Cluster;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.Run;
import io.keyward.testing.SigningKeyFiles;
import io.keyward.topology.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What docs/recovery.md says about the loss of a cluster, tried: of each topic a copy is left on another one, and each
/// copy ends at another moment.
class RecoveryIT {
    private static final long SEED = Long.getLong("recovery.seed", 2);

    /// As many events as days; each has a day of its own, so that no two events have one stamp.
    private static final int EVENTS = 240;

    private static final String LIMITED = "limited";
    private static final TenantId ERASED = new TenantId("erased");

    private static Cluster lost;
    private static Cluster left;

    /// How far the copies are.
    enum Copies {
        OUTPUTS_BEHIND(1, 0.5, 1),
        CHANGELOGS_BEHIND(0.4, 1, 1),
        EACH_BEHIND(0.5, 0.5, 0.8);

        private final double changelogs;
        private final double outputs;
        private final double inputs;

        Copies(double changelogs, double outputs, double inputs) {
            this.changelogs = changelogs;
            this.outputs = outputs;
            this.inputs = inputs;
        }

        /// Some part of a partition, not less than a topic of its kind has at least.
        double part(String topic, Random random) {
            if (topic.endsWith("erasures")) {
                return 1;
            }
            double least = topic.endsWith("-changelog") ? changelogs : isOutput(topic) ? outputs : inputs;
            return least + (1 - least) * random.nextDouble();
        }

        private static boolean isOutput(String topic) {
            return Stream.of("encryption-decisions", "warnings", "analytics-suppressions")
                    .anyMatch(topic::endsWith);
        }
    }

    @BeforeAll
    static void start(@TempDir Path lostFolder, @TempDir Path leftFolder) throws Exception {
        System.out.println("-Drecovery.seed=" + SEED);
        lost = Cluster.start(lostFolder);
        KeywardConfig config = lost.config("schemas.", Map.of());
        lost.withTopics(config)
                .send(config.topics().names(), history(new Random(SEED)).toArray(Event[]::new));
        decided(lost, config, List.of());
        // The registry is restored with its ids.
        try (Stream<Path> files = Files.walk(lostFolder.resolve("registry"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        leftFolder
                                .resolve("registry")
                                .resolve(lostFolder.resolve("registry").relativize(file)));
            }
        }
        left = Cluster.start(leftFolder);
    }

    @AfterAll
    static void stop() {
        left.close();
        lost.close();
    }

    /// Recovers twice, as the steps ask for, and the second time with the other protocol: the group is then of the
    /// first one, and not only offsets that somebody has set.
    @Tag("full")
    @ParameterizedTest
    @CsvSource("EACH_BEHIND, streams")
    void whatIsRestoredFromCopiesDecidesAsIfNothingHadHappened(Copies copies, String protocol) throws Exception {
        String prefix = copies.name().toLowerCase(Locale.ROOT) + "-" + protocol + ".";
        Disaster disaster = Disaster.strike(prefix, copies, protocol(protocol), new Random(SEED));
        KeywardConfig config = disaster.restored();
        assertThat(verified(config).holds()).isFalse();
        StateRecovery.Outcome outcome = recover(config, disaster.copiedUntil());
        if (copies.inputs == 1) {
            assertThat(outcome.lost()).isEmpty();
        }
        KeywardConfig other = left.config(prefix, protocol(protocol.equals("streams") ? "classic" : "streams"));
        assertThat(recover(other, disaster.copiedUntil())).isEqualTo(outcome);
        assertThat(left.read(config.topics().names().decisions()))
                .as("the recovery publishes nothing")
                .hasSize(disaster.decisionsCopied());
        disaster.sendAgain();
        TopicNames names = config.topics().names();
        decided(
                left,
                config,
                disaster.later(),
                () -> assertThat(standing(left, names)).isEqualTo(disaster.expected()));
        assertThat(fallingRevisions(left, names)).isEmpty();
        assertThat(verified(config)).satisfies(report -> {
            assertThat(report.findings()).isEmpty();
            assertThat(report.holds()).isTrue();
        });
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"OUTPUTS_BEHIND, classic", "CHANGELOGS_BEHIND, classic", "EACH_BEHIND, classic"})
    void whatIsRestoredFromOtherCopiesDoesSoToo(Copies copies, String protocol) throws Exception {
        whatIsRestoredFromCopiesDecidesAsIfNothingHadHappened(copies, protocol);
    }

    /// Nothing is left but a folder; the registry of the new cluster gives other ids.
    @Test
    void whatIsRestoredFromABackupDecidesAsIfNothingHadHappened(@TempDir Path folder) throws Exception {
        String prefix = "backup.";
        KeywardConfig config = lost.config(prefix, Map.of());
        TopicNames names = config.topics().names();
        List<Event> events = history(new Random(SEED));
        List<Event> before = events.subList(0, EVENTS / 2);
        List<Event> missed = events.subList(EVENTS / 2, EVENTS * 3 / 4);
        List<Event> later = events.subList(EVENTS * 3 / 4, EVENTS);
        SigningKeyFiles keys = SigningKeyFiles.in(folder);
        Path backup = folder.resolve("backup");
        lost.withTopics(config);
        decided(lost, config, List.of(clean(1, ERASED.value(), "e0"), applied(2, ERASED.value(), "e0", "k0")));
        decided(lost, config, List.of(erasure()));
        decided(lost, config, before, () -> {
            if (!Files.exists(backup)) {
                run(config, folder, "create", "--output", backup, "--signing-key", keys.privateKey());
            }
        });
        Map<String, Long> revisions = revisions(lost, names);
        decided(lost, config, missed);
        decided(lost, config, later);
        Map<String, String> expected = standing(lost, names);
        try (Cluster other = Cluster.start(Files.createDirectory(folder.resolve("other")))) {
            other.registry().register("foreign", Schema.create(Schema.Type.STRING));
            KeywardConfig restored = other.config(prefix, Map.of());
            other.withTopics(restored);
            Object[] restore = {backup, "--public-key", keys.publicKey()};
            assertThat(run(restored, folder, "restore", restore))
                    .containsPattern("bin/keyward recover --since \\S+Z")
                    .satisfies(printed -> assertThat(since(printed))
                            .as("an hour is left for clocks")
                            .isBefore(Instant.now().minus(Duration.ofMinutes(59))));
            assertThatThrownBy(() -> run(restored, folder, "restore", restore)).hasMessageContaining("holds records");
            recover(restored, Instant.EPOCH);
            assertThat(revisions(other, names))
                    .as("the recovery publishes nothing")
                    .isEqualTo(revisions);
            decided(other, restored, missed);
            decided(
                    other,
                    restored,
                    later,
                    () -> assertThat(standing(other, names)).isEqualTo(expected));
            assertThat(fallingRevisions(other, names)).isEmpty();
            assertThat(other.standingKeys(names.decisions())).noneMatch(key -> key.startsWith(ERASED.value() + "/"));
            assertThat(verified(other, restored).holds()).isTrue();
            Files.writeString(backup.resolve("records.gz"), "tampered");
            assertThatThrownBy(() -> run(restored, folder, "restore", restore))
                    .hasMessageContaining("records.gz is not the file that was signed");
        }
    }

    /// Runs a command of backups with the settings of a cluster, and returns what it prints.
    ///
    /// @throws AssertionError with what it says, if it fails
    private static Instant since(String printed) {
        return Instant.parse(printed.replaceAll("(?s).* recover --since (\\S+).*", "$1"));
    }

    private static String run(KeywardConfig config, Path folder, String command, Object... arguments)
            throws IOException {
        Path file = Files.writeString(folder.resolve("keyward.properties"), config.describe());
        List<String> all = new ArrayList<>(List.of(command, "--config", file.toString()));
        List.of(arguments).forEach(argument -> all.add(argument.toString()));
        Run run = Run.of(BackupCommand.class, "", all);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run.out();
    }

    /// The highest revision that was published of each environment.
    private static Map<String, Long> revisions(Cluster cluster, TopicNames names) {
        Map<String, Long> revisions = new HashMap<>();
        cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .forEach(decision -> revisions.merge(decision.key(), decision.revision(), Math::max));
        return revisions;
    }

    @Tag("full")
    @Test
    void withoutRecoveryWhatTheOutputsLackIsNeverPublished() throws Exception {
        Disaster disaster = Disaster.strike("n.", Copies.OUTPUTS_BEHIND, Map.of(), new Random(SEED));
        disaster.sendAgain();
        decided(left, disaster.restored(), disaster.later());
        assertThat(standing(left, disaster.restored().topics().names())).isNotEqualTo(disaster.expected());
        assertThat(verified(disaster.restored()).findings()).isNotEmpty();
    }

    /// Offsets that were set back beneath a running instance would have it read events twice, and rows change under it.
    @ParameterizedTest
    @ValueSource(strings = "classic")
    void whileAnInstanceRunsItIsRefusedAndNoOffsetIsSet(String protocol) throws Exception {
        String prefix = "runs-" + protocol + ".";
        KeywardConfig config = left.config(prefix, protocol(protocol));
        TopicNames names = config.topics().names();
        left.withTopics(config);
        KeywardConfig elsewhere = left.config(
                prefix,
                Map.of(
                        "keyward.streams.group.protocol",
                        protocol,
                        "keyward.state.dir",
                        elsewhere(config).toString()));
        decided(left, config, List.of(clean(1, "contoso", "e0")), () -> {
            try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
                Map<TopicPartition, Long> before = answers.committed(config.applicationId());
                assertThatThrownBy(() -> recover(elsewhere, Instant.EPOCH))
                        .isInstanceOf(CommandFailedException.class)
                        .hasMessageContaining("has members");
                assertThat(answers.committed(config.applicationId())).isEqualTo(before);
            }
        });
        assertThat(left.read(names.decisions())).hasSize(1);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = "streams")
    void whileAnInstanceOfTheOtherProtocolRunsItIsRefusedToo(String protocol) throws Exception {
        whileAnInstanceRunsItIsRefusedAndNoOffsetIsSet(protocol);
    }

    private static Path elsewhere(KeywardConfig config) {
        return config.value(StateSettings.DIR).resolveSibling("elsewhere-" + config.applicationId());
    }

    private static Map<String, String> protocol(String protocol) {
        return Map.of("keyward.streams.group.protocol", protocol);
    }

    private static StateRecovery.Outcome recover(KeywardConfig config, Instant since) {
        try (StopSignal stop = StopSignal.install()) {
            return StateRecovery.run(config, since, Set.of(), stop);
        }
    }

    /// What `verify state` finds on the cluster that is left.
    private static Report verified(KeywardConfig config) {
        return verified(left, config);
    }

    private static Report verified(Cluster cluster, KeywardConfig config) {
        return StateVerification.run(
                new Subject(
                        Map.of("bootstrap.servers", cluster.bootstrapServers()),
                        config.applicationId(),
                        config.topics().names(),
                        Instance.profile(config.rules()),
                        cluster.registry()),
                ProofProgress.NONE,
                Duration.ZERO);
    }

    /// An application that runs on a cluster, which is lost, and what is left of it.
    ///
    /// @param later events that are sent after the disaster
    /// @param expected what stands published where no disaster happens
    private record Disaster(
            KeywardConfig restored,
            MirroredTopics copy,
            int decisionsCopied,
            List<Event> later,
            Map<String, String> expected) {
        static Disaster strike(String prefix, Copies copies, Map<String, String> settings, Random random)
                throws Exception {
            KeywardConfig config = lost.config(prefix, settings);
            TopicNames names = config.topics().names();
            List<Event> events = history(random);
            List<Event> before = events.subList(0, EVENTS * 3 / 4);
            List<Event> later = events.subList(EVENTS * 3 / 4, EVENTS);
            lost.withTopics(config);
            decided(lost, config, List.of(clean(1, ERASED.value(), "e0"), applied(2, ERASED.value(), "e0", "k0")));
            decided(lost, config, List.of(erasure()));
            decided(lost, config, before);
            List<String> topics = new ArrayList<>(names.all());
            topics.addAll(config.changelogs());
            MirroredTopics copy = MirroredTopics.copy(
                    lost.bootstrapServers(),
                    left.bootstrapServers(),
                    topics,
                    partition -> copies.part(partition.topic(), random));
            try (ClusterAnswers answers = ClusterAnswers.connect(config);
                    Admin admin = Admin.create(Map.of("bootstrap.servers", left.bootstrapServers()))) {
                admin.alterConsumerGroupOffsets(
                                config.applicationId(), copy.translated(answers.committed(config.applicationId())))
                        .all()
                        .get();
            }
            for (Topic topic : Topic.values()) {
                if (Topics.load().contract(topic).config().containsValue("LogAppendTime")) {
                    left.alter(names.name(topic), "message.timestamp.type", "LogAppendTime");
                }
            }
            int decisions = left.read(names.decisions()).size();
            decided(lost, config, later);
            return new Disaster(left.config(prefix, settings), copy, decisions, later, standing(lost, names));
        }

        /// A time before which everything had arrived.
        Instant copiedUntil() {
            return copy.lost().stream()
                    .map(record -> Instant.ofEpochMilli(record.timestamp()))
                    .min(Instant::compareTo)
                    .orElseThrow();
        }

        /// What the producers do: they send once more what had not arrived.
        void sendAgain() {
            List<String> inputs = restored.topics().names().inputs();
            left.sendAll(copy.lost().stream()
                    .filter(record -> inputs.contains(record.topic()))
                    .map(record -> new ProducerRecord<>(record.topic(), record.key(), record.value()))
                    .toList());
        }
    }

    /// Sends the events and lets an instance decide everything.
    private static void decided(Cluster cluster, KeywardConfig config, List<Event> events) {
        decided(cluster, config, events, () -> {});
    }

    /// @param end what holds at the end, while the instance runs
    private static void decided(Cluster cluster, KeywardConfig config, List<Event> events, ThrowingRunnable end) {
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            cluster.sendAll(config.topics().names(), events.stream());
            Awaitility.await()
                    .until(() -> InstanceHealth.readiness(instance).ok()
                            && backlog.undecided().isEmpty());
            Awaitility.await().untilAsserted(end);
            instance.rethrowFailure();
        }
    }

    /// What stands published, without what tells how it came about: revisions, causes, and since when warnings are
    /// open.
    /// Slots depend on the order of arrival, so a tenant at its limit is left out.
    private static Map<String, String> standing(Cluster cluster, TopicNames names) {
        Map<String, String> standing = new TreeMap<>();
        Stream.of(names.decisions(), names.warnings(), names.suppressions())
                .flatMap(topic -> cluster.standing(topic).stream())
                .filter(publication -> !publication.tenantId().value().equals(LIMITED))
                .forEach(publication -> {
                    switch (publication) {
                        case Publication.OfDecision d ->
                            standing.put(d.key(), d.decision() + " " + d.openWarnings() + " " + d.suppressedSinks());
                        case Publication.OfWarning w -> {
                            if (w.clearedAt().isEmpty()) {
                                standing.put("raised " + w.key(), "");
                            }
                        }
                        case Publication.OfSignal s -> {
                            if (!s.signal().isNothing()) {
                                standing.put("signal " + s.key(), s.signal() + "");
                            }
                        }
                        case Publication.Retraction _ -> {}
                    }
                });
        return standing;
    }

    /// Decisions with no greater revision than the one before them under their key.
    private static List<String> fallingRevisions(Cluster cluster, TopicNames names) {
        Map<String, Long> last = new HashMap<>();
        return cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .filter(decision -> {
                    Long before = last.put(decision.key(), decision.revision());
                    return before != null && before >= decision.revision();
                })
                .map(decision -> decision.key() + " revision " + decision.revision())
                .toList();
    }

    private static Event erasure() {
        return new Event.TenantErased(ERASED, new Stamp(day(3), new EventId("erasure")));
    }

    /// Events in the order of their arrival, which is not that of their times.
    private static List<Event> history(Random random) {
        List<Event> events = new ArrayList<>();
        for (int day = 1; day <= EVENTS; day++) {
            events.add(event(day, random));
        }
        Collections.shuffle(events, random);
        return events;
    }

    private static Event event(int day, Random random) {
        String tenant = List.of("contoso", "fabrikam", "northwind", LIMITED).get(random.nextInt(4));
        String environment = "e" + random.nextInt(6);
        String key = "k" + random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0, 1 -> clean(day, tenant, environment);
            case 2 -> changed(day, tenant, environment, Lifecycle.ACTIVE, flowsFrom(1));
            case 3 ->
                random.nextInt(4) == 0
                        ? changed(day, tenant, environment, Lifecycle.PURGED, flowsFrom(1))
                        : clean(day, tenant, environment);
            case 4, 5, 6 -> applied(day, tenant, environment, key);
            case 7 -> removed(day, tenant, environment, key);
            case 8 -> revoked(day, tenant, key);
            case 9 -> restored(day, tenant, key);
            case 10 -> rotated(day, tenant, key, "v" + day);
            default -> limit(day, LIMITED, 1 + random.nextInt(3));
        };
    }
}
