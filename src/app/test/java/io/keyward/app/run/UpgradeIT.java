package io.keyward.app.run;

import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TopicNames;
import io.keyward.cluster.CommittedLog;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Interval;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.TestTopics;
import io.keyward.topology.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// This release resumes where each earlier one stopped, from its state folder, and from its changelogs alone.
class UpgradeIT {
    @TempDir
    Path work;

    static Stream<Arguments> releases() throws IOException {
        try (Stream<Path> files = Files.list(ReleaseFixture.FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".zip"))
                    .sorted()
                    .flatMap(file -> Stream.of(Arguments.of(file, true), Arguments.of(file, false)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}, state folder kept: {1}")
    @MethodSource("releases")
    void thisReleaseGoesOnWhereItStopped(Path release, boolean stateKept) throws IOException {
        ReleaseFixture.unpack(release, work);
        try (Cluster cluster = Cluster.start(work)) {
            KeywardConfig config = ReleaseFixture.config(cluster);
            TopicNames names = config.topics().names();
            if (!stateKept) {
                delete(config.value(StateSettings.DIR));
            }
            cluster.withTopics(config); // `topics create` adds what the earlier release did not have
            Map<String, Publication.OfDecision> before = standing(cluster, names);
            assertThat(before).containsKeys("contoso/hr", "contoso/it", "fabrikam/a", "fabrikam/b");
            try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                    Backlog backlog = Backlog.connect(config)) {
                instance.start();
                cluster.send(names, restored(6, "contoso", "k1"), revoked(6, "contoso", "k2"), limit(6, "fabrikam", 2));
                Awaitility.await().until(() -> backlog.undecided().isEmpty());
                instance.rethrowFailure();
            }
            Map<String, Publication.OfDecision> after = standing(cluster, names);
            assertThat(decision(after, "contoso/hr").encryptionState()).isEqualTo(EncryptionState.RECOVERABLE);
            assertThat(after.get("contoso/it").openWarnings()).contains("RESTORE_AT_RISK");
            assertThat(decision(after, "fabrikam/b").enabledSince()).isPresent();
            assertThat(after.get("fabrikam/a")).isEqualTo(before.get("fabrikam/a"));
            // What is told anew about gaps and incidents needs no decision.
            List.of("contoso/hr", "contoso/it", "fabrikam/b")
                    .forEach(environment -> assertThat(after.get(environment).revision())
                            .as("revision of %s", environment)
                            .isEqualTo(before.get(environment).revision() + 1));
        }
    }

    /// What an earlier release published without gaps and without incidents is told anew, with both.
    @Test
    void gapsAreToldAndIncidentsTakeTheirPlace() throws IOException {
        ReleaseFixture.unpack(ReleaseFixture.FOLDER.resolve("0.2.0-form6.zip"), work);
        try (Cluster cluster = Cluster.start(work)) {
            KeywardConfig config = ReleaseFixture.config(cluster);
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            assertThat(cluster.standingKeys(names.warnings()))
                    .contains("contoso/rpa/HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED/robots");

            try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
                instance.start();
                Awaitility.await().untilAsserted(() -> gapsAndIncidentsAreTold(cluster, names));
                instance.rethrowFailure();
            }
        }
    }

    private static void gapsAndIncidentsAreTold(Cluster cluster, TopicNames names) {
        assertThat(cluster.standing(names.suppressions()).stream()
                        .map(Publication.OfSignal.class::cast)
                        .filter(signal ->
                                signal.environmentId().orElseThrow().value().equals("rpa")))
                .hasSize(3)
                .allSatisfy(signal ->
                        assertThat(signal.signal().gaps()).containsExactly(new Interval(Events.day(2), Events.day(3))));
        assertThat(cluster.standingKeys(names.warnings())).noneMatch(key -> key.split("/", -1).length > 3);
        assertThat(cluster.standing(names.warnings()).stream()
                        .map(Publication.OfWarning.class::cast)
                        .filter(warning -> warning.code() == WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED))
                .singleElement()
                .satisfies(groups -> {
                    assertThat(groups.status()).isEqualTo(Publication.Status.RAISED);
                    assertThat(groups.incident().subjects()).containsExactly("robots");
                    assertThat(groups.incident().raisedAt()).isEqualTo(Events.day(4));
                });
    }

    /// docs/recovery.md, "Back to the release before". The present release stands in for the one that is gone back to.
    @Test
    void changelogsThatWereCopiedBeforeTheUpgradeAreAWayBack() throws Exception {
        ReleaseFixture.unpack(ReleaseFixture.FOLDER.resolve("0.1.0.zip"), work);
        try (Cluster cluster = Cluster.start(work)) {
            KeywardConfig config = ReleaseFixture.config(cluster);
            cluster.withTopics(config);
            TopicNames names = config.topics().names();
            Map<String, List<ConsumerRecord<byte[], byte[]>>> copy = new TreeMap<>();
            config.requiredChangelogs().forEach(changelog -> copy.put(changelog, rows(cluster, changelog)));
            decided(cluster, config, restored(6, "contoso", "k1"), revoked(6, "contoso", "k2"));
            Map<String, Publication.OfDecision> upgraded = standing(cluster, names);

            takeBack(cluster, config, copy);
            try (StopSignal stop = StopSignal.install()) {
                StateRecovery.run(config, Instant.EPOCH, Set.of(), stop);
            }
            decided(cluster, config);
            Map<String, Publication.OfDecision> back = standing(cluster, names);
            assertThat(back).containsOnlyKeys(upgraded.keySet());
            back.forEach((environment, decision) -> {
                assertThat(decision.decision())
                        .isEqualTo(upgraded.get(environment).decision());
                assertThat(decision.openWarnings())
                        .isEqualTo(upgraded.get(environment).openWarnings());
                assertThat(decision.revision())
                        .isGreaterThanOrEqualTo(upgraded.get(environment).revision());
            });
        }
    }

    /// Puts the copied changelogs in the place of all there are, and deletes the state folder.
    private static void takeBack(
            Cluster cluster, KeywardConfig config, Map<String, List<ConsumerRecord<byte[], byte[]>>> copy)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.deleteTopics(config.changelogs()).all().get();
            Awaitility.await()
                    .until(() -> Collections.disjoint(admin.listTopics().names().get(), config.changelogs()));
            TestTopics.create(
                    admin,
                    copy.keySet().stream()
                            .map(name -> new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                            .toList());
        }
        copy.values()
                .forEach(records -> cluster.sendAll(records.stream()
                        .map(row -> new ProducerRecord<>(row.topic(), 0, row.timestamp(), row.key(), row.value()))
                        .toList()));
        delete(config.value(StateSettings.DIR));
    }

    private static List<ConsumerRecord<byte[], byte[]>> rows(Cluster cluster, String changelog) {
        List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
        try (CommittedLog log = CommittedLog.open(
                Map.of("bootstrap.servers", cluster.bootstrapServers()), List.of(new TopicPartition(changelog, 0)))) {
            log.readToEnd(rows::add, _ -> {});
        }
        return rows;
    }

    private static void decided(Cluster cluster, KeywardConfig config, Event... events) {
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            cluster.send(config.topics().names(), events);
            Awaitility.await()
                    .until(() -> InstanceHealth.readiness(instance).ok()
                            && backlog.undecided().isEmpty());
            instance.rethrowFailure();
        }
    }

    /// The release writes its own bytes once, when it is made:
    /// `mvn verify -Dit.test=UpgradeIT -Drelease.write=0.1.0 -Dtest=none`.
    @Test
    @EnabledIfSystemProperty(named = "release.write", matches = "[0-9.]+")
    void writesWhatThisReleaseLeaves() throws IOException {
        Path zip = ReleaseFixture.FOLDER.resolve(System.getProperty("release.write") + ".zip");
        assertThat(zip).as("a release is written once").doesNotExist();
        ReleaseFixture.write(work, zip);
        System.out.println(zip + ": " + Files.size(zip) + " bytes");
    }

    private static Map<String, Publication.OfDecision> standing(Cluster cluster, TopicNames names) {
        Map<String, Publication.OfDecision> standing = new TreeMap<>();
        cluster.standing(names.decisions())
                .forEach(publication -> standing.put(publication.key(), (Publication.OfDecision) publication));
        return standing;
    }

    private static Decision decision(Map<String, Publication.OfDecision> standing, String environment) {
        return standing.get(environment).decision();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
