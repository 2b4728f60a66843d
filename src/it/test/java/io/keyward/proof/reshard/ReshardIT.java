package io.keyward.proof.reshard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.app.run.Instance;
import io.keyward.cli.KeywardCommand;
import io.keyward.cli.command.ReshardCommand;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Terminal;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Generations;
import io.keyward.cluster.TopicAdmin;
import io.keyward.cluster.TopicOutcome;
import io.keyward.config.KeywardConfig;
import io.keyward.console.replica.DatabaseSettings;
import io.keyward.console.replica.FollowedTopics;
import io.keyward.console.replica.Replica;
import io.keyward.console.replica.ReplicaSettings;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Report;
import io.keyward.proof.StateVerification;
import io.keyward.proof.Subject;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.Run;
import io.keyward.testing.Running;
import io.keyward.testing.process.Patience;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// A random history with a move from 4 to 8 partitions in its middle publishes what it publishes without: each
/// record once, with the same revisions.
@ExtendWith(ClusterExtension.class)
class ReshardIT {
    private static final int OLD = 4;
    private static final int NEW = 8;

    /// Rounds before the move. The next one is there before the move and read after it: half of it in the inputs,
    /// half in `rerouted`. The one after that comes from producers that know the old partitions only.
    private static final int BEFORE = 8;

    private static final long SEED = 20_261_127;
    private static final List<List<Event>> HISTORY = new RandomRounds(SEED, 10, BEFORE + 5).events();

    /// A console asks after 60 looks whether there is another generation.
    private static final Duration LOOK = Duration.ofMillis(50);

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    /// What is published without a move.
    private static Map<String, List<String>> expected;

    @BeforeAll
    static void start() {
        KeywardConfig config = config("unmoved.", Map.of());
        cluster.withTopics(config);
        Running.whileRunning(config, () -> HISTORY.forEach(round -> decide(config, round)));
        expected = published(config);
        assertThat(expected).as("seed %d", SEED).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource("streams, memory, 0")
    void aMoveThatIsKilledAtEachStepChangesNothingThatIsPublished(String protocol, String store, int standbys) {
        Map<String, String> settings =
                new TreeMap<>(Map.of("keyward.streams.group.protocol", protocol, "keyward.state.store", store));
        if (standbys > 0) {
            settings.put("keyward.streams.num.standby.replicas", Integer.toString(standbys));
        }
        KeywardConfig config = config(protocol + ".", settings);
        cluster.withTopics(config);
        Running.whileRunning(config, () -> HISTORY.subList(0, BEFORE).forEach(round -> decide(config, round)));
        List<Event> unread = HISTORY.get(BEFORE);
        sendToOldPartitions(config, unread.subList(0, unread.size() / 2));
        reroute(config, unread.subList(unread.size() / 2, unread.size()));

        try (Replica console = Replica.start(replica(config), () -> followed(Generations.complete(config)))) {
            Running.within().until(() -> follows(console, config.applicationId()));
            killAtEachStep(config);
            verify(config);
            try (Instance second = Instance.prepare(
                    config(protocol + ".", plus(settings, "keyward.state.dir", protocol + "-second")),
                    false,
                    Cluster.NOTHING_DUE)) {
                second.start();
                Running.whileRunning(config, () -> goOn(config, second));
                second.rethrowFailure();
            }
            Running.within().until(() -> follows(console, config.applicationId() + "-g2"));
        }
        assertThat(published(config)).as("seed %d", SEED).isEqualTo(expected);
        verify(config);
        clean(config);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource("classic, rocksdb, 1")
    void aMoveOfStoresWithStandbysDoesNotEither(String protocol, String store, int standbys) {
        aMoveThatIsKilledAtEachStepChangesNothingThatIsPublished(protocol, store, standbys);
    }

    private static void goOn(KeywardConfig config, Instance second) {
        KeywardConfig moved = Generations.forRun(config);
        Running.awaitDecisions(moved);
        sendToOldPartitions(config, HISTORY.get(BEFORE + 1));
        Running.awaitDecisions(moved);
        HISTORY.subList(BEFORE + 2, HISTORY.size()).forEach(round -> decide(moved, round));
        Running.within().until(() -> InstanceHealth.readiness(second).ok());
    }

    /// Whether the console knows all that this application has stored, and nothing of another one.
    private static boolean follows(Replica console, String application) {
        try (ReplicaView view = console.view(Caller.ANYBODY)) {
            Set<String> changelogs = view.staleness().position().keySet().stream()
                    .map(partition -> partition.substring(0, partition.lastIndexOf('-')))
                    .filter(topic -> topic.endsWith("-changelog"))
                    .collect(Collectors.toSet());
            return console.status().ready()
                    && changelogs.equals(KeywardTopology.stores().stream()
                            .map(store -> KeywardTopology.changelog(application, store))
                            .collect(Collectors.toSet()));
        }
    }

    private static void verify(KeywardConfig config) {
        Report report = StateVerification.run(
                new Subject(
                        Map.copyOf(config.kafka().values()),
                        Generations.complete(config).applicationId(),
                        config.topics().names(),
                        Instance.profile(config.rules()),
                        cluster.registry()),
                ProofProgress.NONE,
                Duration.ofSeconds(60));
        assertThat(report.holds()).as("%s", report).isTrue();
    }

    /// Each attempt ends after another step, and once in the middle of the rows.
    private static void killAtEachStep(KeywardConfig config) {
        for (Step step : Step.values()) {
            if (step == Step.COPIED) {
                kill(config, amongTheRows());
            }
            kill(config, after(step));
            if (step == Step.DONE) {
                assertThat(Generations.forRun(config).applicationId()).isEqualTo(config.applicationId() + "-g2");
            } else {
                assertThatThrownBy(() -> Instance.prepare(config, false, Cluster.NOTHING_DUE))
                        .isInstanceOf(CommandFailedException.class)
                        .hasMessageContaining("bin/keyward reshard run --partitions 8");
                assertThatThrownBy(() -> plan(config, 2 * NEW))
                        .isInstanceOf(CommandFailedException.class)
                        .hasMessageContaining("bin/keyward reshard run --partitions 8");
            }
        }
        try (Reshard again = reshard(config, NEW, MoveProgress.NONE)) {
            assertThat(again.isDone()).isTrue();
        }
    }

    private static void kill(KeywardConfig config, MoveProgress killer) {
        try (Reshard reshard = reshard(config, NEW, killer)) {
            assertThatThrownBy(reshard::run).hasMessage("killed");
        }
    }

    private static MoveProgress after(Step step) {
        return new MoveProgress() {
            @Override
            public void finished(Step finished) {
                if (finished == step) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    private static MoveProgress amongTheRows() {
        return new MoveProgress() {
            @Override
            public void rows(long count) {
                if (count == 20) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    private static MovePlan plan(KeywardConfig config, int partitions) {
        try (Reshard reshard = reshard(config, partitions, MoveProgress.NONE)) {
            return reshard.plan();
        }
    }

    private static void clean(KeywardConfig config) {
        try (Reshard reshard = reshard(config, NEW, MoveProgress.NONE);
                TopicAdmin topics = new TopicAdmin(Generations.forRun(config))) {
            assertThat(reshard.leftTopics())
                    .hasSize(6)
                    .allMatch(topic -> !topic.contains("-g2-") && topic.endsWith("-changelog"));
            reshard.clean();
            Running.within().until(() -> reshard.leftTopics().isEmpty());
            assertThat(topics.create()).extracting(TopicOutcome::result).containsOnly(TopicOutcome.Creation.EXISTED);
            assertThat(topics.check().findings())
                    .noneMatch(finding -> finding.sentence().contains("partitions"));
        }
        Running.whileRunning(config, () -> Running.awaitDecisions(Generations.forRun(config)));
    }

    @Test
    void whatCannotBeMovedIsToldBeforeAnythingIsChanged() throws Exception {
        KeywardConfig config = config("refused.", Map.of());
        cluster.withTopics(config);
        assertThatThrownBy(() -> plan(config, NEW))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll("no complete state", "refused.keyward-environments-changelog");
        Running.whileRunning(config, () -> {
            decide(config, HISTORY.get(1));
            assertThat(plan(config, NEW).circumstances().running()).isTrue();
            try (Reshard impatient =
                    new Reshard(move(config, NEW, Duration.ZERO), MoveProgress.NONE, InstantSource.system())) {
                assertThatThrownBy(impatient::run)
                        .isInstanceOf(CommandFailedException.class)
                        .hasMessageContaining("is running");
            }
        });
        MovePlan plan = plan(config, NEW);
        assertThat(plan.rows()).containsEntry("environments", 10L);
        assertThat(plan.tenants()).isEqualTo(10);
        assertThat(plan.movedTenants())
                .isEqualTo(HISTORY.getFirst().stream()
                        .map(event -> event.tenantId().value())
                        .filter(tenant -> TenantPartitioner.partitionOf(tenant, OLD)
                                != TenantPartitioner.partitionOf(tenant, NEW))
                        .count());
        assertThat(plan.decidesAnew()).isFalse();
        assertThatThrownBy(() -> plan(config, OLD)).hasMessageContaining("must be more than that");
        assertThat(command(config, "plan", "--partitions", "8"))
                .contains("From 4 to 8 partitions, as generation 2", "environments 10", "Nothing was changed");
        assertThat(command(config, "clean")).contains("Topics to delete: 0");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .noneMatch(topic -> topic.startsWith("refused.") && topic.contains("-g"));
        }
        Running.whileRunning(config, () -> Running.awaitDecisions(config));
    }

    /// The transactions of killed instances stay open until they reach their limit, and with them what they
    /// commit.
    @Tag("full")
    @Test
    void whatKilledInstancesHaveLeftOpenIsToldAndWaitedFor() throws Exception {
        KeywardConfig config = config("open.", Map.of());
        cluster.withTopics(config);
        Running.whileRunning(config, () -> decide(config, HISTORY.getFirst()));
        Move move = move(config, NEW, Duration.ZERO);
        Map<TopicPartition, OffsetAndMetadata> commit = Map.of(
                new TopicPartition(config.topics().names().name(Topic.KEY_REVOKED), 0), new OffsetAndMetadata(7));
        ProducerRecord<byte[], byte[]> row = new ProducerRecord<>(
                move.changelog(1, Nodes.ENVIRONMENTS),
                RowKeys.environment(new TenantId("killed"), new EnvironmentId("hr"))
                        .get(),
                new byte[1]);
        Path file = file(config);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (Producer<byte[], byte[]> committing = transaction("of-a-killed-instance");
                Producer<byte[], byte[]> writing = transaction("of-another-one");
                Consumer<byte[], byte[]> member = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers(), "group.id", config.applicationId()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                MoveCluster asked = new MoveCluster(move.kafka(), MoveProgress.NONE)) {
            committing.sendOffsetsToTransaction(commit, member.groupMetadata());
            writing.send(row).get();
            CompletableFuture<Integer> moved = CompletableFuture.supplyAsync(() -> run(file, told));
            awaitTold(told, "Waiting until the open transaction of an instance has ended, at most 60 s.");
            committing.commitTransaction();
            awaitTold(told, "Waiting until the open transaction of an instance has ended, at most 120 s.");
            writing.commitTransaction();
            assertThat(moved.join()).isZero();
            assertThat(asked.committed(move.applicationId(2), List.copyOf(commit.keySet())))
                    .isEqualTo(commit);
        }
    }

    private static Producer<byte[], byte[]> transaction(String id) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private static int run(Path config, OutputStream told) {
        PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8);
        StandardStreams streams =
                new StandardStreams(InputStream.nullInputStream(), err, err, Terminal.PLAIN, Terminal.PLAIN);
        return new CommandLine(ReshardCommand.class, Run.on(streams))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute("run", "--partitions", Integer.toString(NEW), "--config", config.toString());
    }

    private static void awaitTold(ByteArrayOutputStream told, String line) {
        Running.within()
                .untilAsserted(
                        () -> assertThat(told.toString(StandardCharsets.UTF_8)).contains(line));
    }

    /// A configuration for commands.
    private static Path file(KeywardConfig config) throws IOException {
        return Files.writeString(folder.resolve(config.applicationId() + ".properties"), """
                keyward.kafka.bootstrap.servers = %s
                keyward.application.id = %s
                keyward.topics.prefix = %s
                """.formatted(
                        cluster.bootstrapServers(),
                        config.applicationId(),
                        config.topics().names().prefix()));
    }

    /// What the command prints.
    private static String command(KeywardConfig config, String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of("reshard"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", file(config).toString()));
        assertThat(KeywardCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(all.toArray(String[]::new)))
                .isZero();
        return out.toString();
    }

    private static Reshard reshard(KeywardConfig config, int partitions, MoveProgress progress) {
        return new Reshard(move(config, partitions, Patience.LIMIT), progress, InstantSource.system());
    }

    private static Move move(KeywardConfig config, int partitions, Duration patience) {
        return new Move(
                Map.copyOf(config.kafka().values()),
                config.applicationId(),
                config.topics().names(),
                partitions,
                patience);
    }

    private static KeywardConfig config(String prefix, Map<String, String> more) {
        return cluster.config(prefix, plus(more, "keyward.topics.partitions", Integer.toString(OLD)));
    }

    private static Map<String, String> plus(Map<String, String> settings, String key, String value) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(key, key.endsWith(".dir") ? folder.resolve(value).toString() : value);
        return all;
    }

    private static void decide(KeywardConfig config, List<Event> round) {
        cluster.send(config.topics().names(), round.toArray(Event[]::new));
        Running.awaitDecisions(config);
    }

    /// Sends events as a producer that knows the old partitions only.
    private static void sendToOldPartitions(KeywardConfig config, List<Event> round) {
        TopicNames names = config.topics().names();
        cluster.sendAll(round.stream()
                .map(event -> new ProducerRecord<>(
                        names.name(Topics.of(event)),
                        TenantPartitioner.partitionOf(event.tenantId().value(), OLD),
                        event.tenantId().value().getBytes(StandardCharsets.UTF_8),
                        cluster.bytesOf(Topics.of(event), event)))
                .toList());
    }

    /// Writes events to `rerouted`, as the processor does for records on a wrong partition.
    private static void reroute(KeywardConfig config, List<Event> round) {
        TopicNames names = config.topics().names();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Event event : round) {
            String tenant = event.tenantId().value();
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    names.rerouted(),
                    TenantPartitioner.partitionOf(tenant, OLD),
                    tenant.getBytes(StandardCharsets.UTF_8),
                    cluster.bytesOf(Topics.of(event), event));
            record.headers()
                    .add("keyward.origin", (names.name(Topics.of(event)) + "/0/0").getBytes(StandardCharsets.UTF_8));
            records.add(record);
        }
        cluster.sendAll(records);
    }

    /// The values of each record key in the order of its partition, without where the cause was read.
    private static Map<String, List<String>> published(KeywardConfig config) {
        TopicNames names = config.topics().names();
        Map<String, List<String>> published = new TreeMap<>();
        for (String topic : List.of(names.decisions(), names.warnings(), names.suppressions())) {
            cluster.published(topic)
                    .forEach(publication -> published
                            .computeIfAbsent(publication.key(), _ -> new ArrayList<>())
                            .add(publication
                                    .toString()
                                    .replaceAll("(partition|offset|topic)=[^,\\]]*", "")
                                    .replaceAll("(id=[A-Z_]+:\\d+:)[^,]*", "$1")));
            tombstones(topic)
                    .forEach(record -> published
                            .computeIfAbsent(record.key() + " tombstones", _ -> new ArrayList<>())
                            .add("tombstone"));
        }
        return published;
    }

    private static Stream<ConsumerRecord<String, byte[]>> tombstones(String topic) {
        return cluster.read(topic).stream().filter(record -> record.value() == null);
    }

    private static FollowedTopics followed(KeywardConfig config) {
        return new FollowedTopics(config.applicationId(), config.topics().names());
    }

    private static ReplicaSettings replica(KeywardConfig config) {
        return new ReplicaSettings(
                config.kafka(),
                followed(config),
                new DatabaseSettings(
                        folder.resolve("replica-" + config.applicationId()),
                        16 << 20,
                        DatabaseSettings.TIMELINE_KEPT,
                        "not compared here"),
                LOOK,
                Duration.ofSeconds(20),
                InstantSource.system());
    }
}
