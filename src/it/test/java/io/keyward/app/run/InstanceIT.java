package io.keyward.app.run;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.whileRunning;
import static io.keyward.testing.Running.within;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.ConfigurationException;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.registry.GenuineClasses;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.SmallFileSystem;
import io.keyward.testing.TestTopics;
import io.keyward.topology.KeywardTopology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An instance with its services: what it needs, what it does when they fail, and what it keeps.
@ExtendWith(ClusterExtension.class)
class InstanceIT {
    private static Cluster cluster;

    @ParameterizedTest(name = "keyward.state.store={0}, enable.transactional.statestores={1}")
    @CsvSource("rocksdb, true")
    void everyEventIsDecidedOnceAlsoWhenTheStateFolderIsLost(String store, String transactional) throws IOException {
        KeywardConfig config = config(
                "kept-" + store + "-" + transactional + ".",
                Map.of(
                        "keyward.state.store", store,
                        "keyward.streams.enable.transactional.statestores", transactional));
        TopicNames names = config.topics().names();
        cluster.send(names, clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        whileRunning(config, () -> awaitDecisions(config));
        cluster.send(names, revoked(3, "contoso", "k1"));
        whileRunning(config, () -> awaitDecisions(config));
        delete(config.value(StateSettings.DIR));
        cluster.send(names, applied(4, "contoso", "hr", "k2"));
        whileRunning(config, () -> awaitDecisions(config));
        assertThat(revisions(names)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Tag("full")
    @ParameterizedTest(name = "keyward.state.store={0}, enable.transactional.statestores={1}")
    @CsvSource({"rocksdb, false", "memory, true"})
    void itIsSoWithOtherStoresToo(String store, String transactional) throws IOException {
        everyEventIsDecidedOnceAlsoWhenTheStateFolderIsLost(store, transactional);
    }

    @ParameterizedTest
    @CsvSource({"keyward-0, 1", ", 0"})
    void onlyAStaticMemberKeepsItsPlaceThroughARestart(String name, int members) throws Exception {
        String prefix = name == null ? "leaving." : "staying.";
        KeywardConfig config =
                config(prefix, name == null ? Map.of() : Map.of("keyward.streams.group.instance.id", name));
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).ok());
        }
        try (Admin admin = Admin.create(Map.copyOf(config.kafka().values()))) {
            assertThat(admin.describeClassicGroups(List.of(config.applicationId()))
                            .describedGroups()
                            .get(config.applicationId())
                            .get()
                            .members())
                    .hasSize(members);
        }
    }

    /// Who fences an instance and answers no more may be a request of its own, which a broker that was frozen has
    /// handled too late.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameInTheGroupIsLostOnlyToAnInstanceThatGoesOn(boolean goesOn) throws Exception {
        String prefix = goesOn ? "lost." : "regained.";
        // The first waits for two sessions: time enough for the second to go, also on a slow machine.
        Map<String, String> named = Map.of(
                "keyward.streams.group.instance.id",
                "keyward-0",
                "keyward.streams.session.timeout.ms",
                goesOn ? "6000" : "20000");
        KeywardConfig config = config(prefix, named);
        Map<String, String> elsewhere = new HashMap<>(named);
        elsewhere.put(
                "keyward.state.dir",
                config.value(StateSettings.DIR).resolve("other").toString());
        Instance second = Instance.prepare(cluster.config(prefix, elsewhere), false, Cluster.NOTHING_DUE);
        try (Instance first = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                AutoCloseable _ = second) {
            first.start();
            within().until(() -> InstanceHealth.readiness(first).ok());
            second.start();
            within().until(() -> InstanceHealth.readiness(second).ok());
            if (goesOn) {
                within().until(first::hasEnded);
                assertThatThrownBy(first::rethrowFailure).hasMessageContaining("under the same name");
            } else {
                second.close(); // which has a configured name, and stays a member
            }
            cluster.send(config.topics().names(), clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
            awaitDecisions(config);
            (goesOn ? second : first).rethrowFailure();
        }
        assertThat(revisions(config.topics().names())).containsExactly(1L, 2L);
    }

    /// Nothing is written to the folder while it is full: what was decided is in memory and in Kafka.
    @Tag("full")
    @Test
    void aStateFolderThatBecomesFullIsToldAndNothingIsLost() throws IOException {
        KeywardConfig config = config("full.", Map.of());
        TopicNames names = config.topics().names();
        try (SmallFileSystem disk = SmallFileSystem.mount(config.value(StateSettings.DIR));
                Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).ok());
            disk.fill();
            within().until(() -> !InstanceHealth.readiness(instance).ok());
            assertThat(InstanceHealth.readiness(instance).reasons())
                    .singleElement()
                    .asString()
                    .startsWith("Disk: The state folder " + disk.folder());
            assertThat(InstanceHealth.liveness(instance).ok()).isTrue();
            cluster.send(names, clean(1, "contoso", "hr"));
            awaitDecisions(config);
            disk.free();
            within().until(() -> InstanceHealth.readiness(instance).ok());
            cluster.send(names, applied(2, "contoso", "hr", "k1"));
            awaitDecisions(config);
            instance.rethrowFailure();
        }
        assertThat(revisions(names)).containsExactly(1L, 2L);
    }

    /// Kafka Streams notices the offsets of another cluster only if it happens to read behind the end of a changelog.
    @ParameterizedTest
    @ValueSource(booleans = true)
    void whatAFolderHoldsOfAnotherClusterIsNotTakenForState(boolean changelogsAsLong, @TempDir Path folder)
            throws Exception {
        KeywardConfig config = config("twin." + changelogsAsLong + ".", Map.of());
        cluster.send(config.topics().names(), clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        whileRunning(config, () -> awaitDecisions(config));
        try (Cluster other = Cluster.start(folder)) {
            KeywardConfig twin = other.config(
                    "twin." + changelogsAsLong + ".",
                    Map.of("keyward.state.dir", config.value(StateSettings.DIR).toString()));
            TopicNames names = twin.topics().names();
            other.withTopics(twin).send(names, clean(1, "contoso", "hr"));
            if (changelogsAsLong) {
                List<String> changelogs = KeywardTopology.stores().stream()
                        .map(store -> KeywardTopology.changelog(config.applicationId(), store))
                        .toList();
                create(twin, changelogs);
                changelogs.forEach(changelog -> other.sendAll(deletions(changelog, cluster.written(changelog))));
            }
            whileRunning(twin, () -> awaitDecisions(twin));
            assertThat(other.published(names.decisions())).singleElement().satisfies(decision -> {
                assertThat(((Publication.OfDecision) decision).revision()).isEqualTo(1);
                assertThat(((Publication.OfDecision) decision).decision().encryptionState())
                        .isEqualTo(EncryptionState.MICROSOFT_MANAGED);
            });
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(booleans = false)
    void itIsNotTakenWhereThereAreNoChangelogsYetEither(boolean changelogsAsLong, @TempDir Path folder)
            throws Exception {
        whatAFolderHoldsOfAnotherClusterIsNotTakenForState(changelogsAsLong, folder);
    }

    private static void create(KeywardConfig config, List<String> changelogs) throws Exception {
        try (Admin admin = Admin.create(Map.copyOf(config.kafka().values()))) {
            TestTopics.create(
                    admin,
                    changelogs.stream()
                            .map(changelog -> new NewTopic(changelog, Cluster.PARTITIONS, (short) 1)
                                    .configs(Map.of("cleanup.policy", "compact")))
                            .toList());
        }
    }

    /// As many deletions of nothing in each partition.
    private static List<ProducerRecord<byte[], byte[]>> deletions(String topic, long count) {
        return IntStream.range(0, Cluster.PARTITIONS)
                .boxed()
                .flatMap(partition -> LongStream.range(0, count)
                        .mapToObj(_ -> new ProducerRecord<byte[], byte[]>(topic, partition, new byte[] {0}, null)))
                .toList();
    }

    @Test
    void aDeadLetterIsTheRecordAsReceivedWithItsPlaceAndTheReason() {
        KeywardConfig config = config("letters.", Map.of());
        TopicNames names = config.topics().names();
        String policies = names.name(Topic.POLICY_APPLIED);
        byte[] unknownSchema = cluster.bytesOf(Topic.POLICY_APPLIED, applied(1, "contoso", "hr", "k1"));
        unknownSchema[1] = 0x7f;
        byte[] future = cluster.bytesOf(Topic.POLICY_APPLIED, applied(36_500, "contoso", "hr", "k1"));
        cluster.send(traced(policies, unknownSchema));
        cluster.send(traced(policies, future));
        whileRunning(config, () -> awaitDecisions(config));

        assertThat(cluster.read(names.deadLetters()))
                .satisfiesExactly(
                        deadLetter -> {
                            assertThat(deadLetter.value()).isEqualTo(unknownSchema);
                            assertThat(headers(deadLetter))
                                    .containsEntry(DeadLetterHeaders.REASON, "UNREADABLE")
                                    .containsEntry(DeadLetterHeaders.TOPIC, policies)
                                    .containsEntry(DeadLetterHeaders.PARTITION, "1")
                                    .containsEntry(DeadLetterHeaders.OFFSET, "0")
                                    .containsEntry("traceparent", "00-1-2-01");
                        },
                        deadLetter -> {
                            assertThat(deadLetter.value()).isEqualTo(future);
                            assertThat(headers(deadLetter))
                                    .containsEntry(DeadLetterHeaders.REASON, "TIMESTAMP_IN_FUTURE")
                                    .containsEntry(DeadLetterHeaders.OFFSET, "1");
                        });
    }

    @Test
    void recordsWaitForARegistryThatIsAwayAndNoneIsLostOrRefused() {
        KeywardConfig config = config("outage.", Map.of("keyward.registry.retries.deadline.ms", "1000"));
        TopicNames names = config.topics().names();
        cluster.send(names, clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            cluster.stopRegistry();
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).reasons().stream()
                    .anyMatch(reason -> reason.startsWith("Schema registry")));
            cluster.startRegistryAgain();
            awaitDecisions(config);
            instance.rethrowFailure();
        }
        assertThat(revisions(names)).containsExactly(1L, 2L);
        assertThat(cluster.read(names.deadLetters())).isEmpty();
    }

    @Test
    void valuesAreReadAndWrittenByTheClassThatIsConfiguredAndWaitForTheRegistryAsWell() {
        KeywardConfig config = config(
                "genuine.",
                Map.of("keyward.registry.serde", GenuineClasses.SERDE, "keyward.registry.retries.deadline.ms", "1000"));
        TopicNames names = config.topics().names();
        cluster.send(names, clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        GenuineClasses.within(() -> {
            try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
                cluster.stopRegistry();
                instance.start();
                within().until(() -> InstanceHealth.readiness(instance).reasons().stream()
                        .anyMatch(reason -> reason.startsWith("Schema registry")));
                cluster.startRegistryAgain();
                awaitDecisions(config);
                instance.rethrowFailure();
            }
        });
        assertThat(revisions(names)).containsExactly(1L, 2L);
        assertThat(cluster.read(names.deadLetters())).isEmpty();
    }

    @Test
    void anInputThatIsDeletedStopsTheInstanceWhichThenSaysWhy() throws Exception {
        KeywardConfig config = config("deleted.", Map.of());
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Admin admin = Admin.create(Map.copyOf(config.kafka().values()))) {
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).ok());
            admin.deleteTopics(List.of("deleted.key-rotated")).all().get();
            within().until(instance::hasEnded);
            assertThat(InstanceHealth.liveness(instance).ok()).isFalse();
            assertThatThrownBy(instance::rethrowFailure)
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("topics check");
        }
    }

    @Test
    void withoutTheRegistryNothingStartsAndTheMessageSaysWhereItShouldBe() {
        KeywardConfig config = config("before.", Map.of("keyward.registry.retries.deadline.ms", "200"));
        cluster.stopRegistry();
        try {
            assertThatThrownBy(() -> Instance.prepare(config, false, Cluster.NOTHING_DUE))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining(config.registry().values().get("url"))
                    .hasMessageContaining("keyward.registry.url");
        } finally {
            cluster.startRegistryAgain();
        }
    }

    @Test
    void missingTopicsAreNamedWithTheCommandThatCreatesThem() {
        assertThatThrownBy(() -> Instance.prepare(cluster.config("absent.", Map.of()), false, Cluster.NOTHING_DUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("absent.policy-applied does not exist")
                .hasMessageContaining("topics create");
    }

    @Test
    void aSerdeThatIsNotOnTheClasspathIsNamedWithWhereToGetIt() {
        assertThatThrownBy(() -> Instance.prepare(
                        config("serde.", Map.of("keyward.registry.serde", "com.example.NoSuchSerde")),
                        false,
                        Cluster.NOTHING_DUE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.registry.serde = com.example.NoSuchSerde: ")
                .hasMessageContaining("Maven profile confluent");
    }

    @Test
    void anUnknownRuleProfileIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> Instance.prepare(
                        cluster.config("profile.", Map.of("keyward.rules.profile", "2001-01-01")),
                        false,
                        Cluster.NOTHING_DUE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("2001-01-01")
                .hasMessageContaining("2024-07-23");
    }

    private static KeywardConfig config(String prefix, Map<String, String> more) {
        KeywardConfig config = cluster.config(prefix, more);
        cluster.withTopics(config);
        return config;
    }

    private static List<Long> revisions(TopicNames names) {
        return cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .map(Publication.OfDecision::revision)
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> traced(String topic, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 1, null, value);
        record.headers().add("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> deadLetter) {
        return Arrays.stream(deadLetter.headers().toArray())
                .collect(Collectors.toMap(Header::key, header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
