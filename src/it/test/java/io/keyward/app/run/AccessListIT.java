package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.cli.command.DeadLettersCommand;
import io.keyward.cli.command.TenantEraseCommand;
import io.keyward.cli.command.TenantExportCommand;
import io.keyward.client.Topic;
import io.keyward.cluster.ClusterException;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.console.replica.Replica;
import io.keyward.testing.Cluster;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.Run;
import io.keyward.testing.SelfSigned;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `topology/acls.yaml` on a broker with TLS, SCRAM and the standard authorizer: with it everything works, and nothing
/// else does. [MissingPermissionsIT] takes each line away.
class AccessListIT {
    /// `recover` keeps no state in a folder for temporary files.
    @TempDir
    private static Path folder;

    private static SecuredPlatform platform;
    private SecuredDeployment deployment;

    @BeforeAll
    static void start() throws Exception {
        platform = SecuredPlatform.start(folder);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void deploy() throws Exception {
        deployment = platform.deployment();
    }

    @ParameterizedTest
    @ValueSource(strings = "streams")
    void withTheListEverybodyDoesTheirWork(String groupProtocol) throws Exception {
        deployment.createAndCheckTopics();
        try (Instance instance = Instance.prepare(
                deployment.config("keyward", Map.of("keyward.streams.group.protocol", groupProtocol)),
                false,
                Cluster.NOTHING_DUE)) {
            instance.start();
            for (String user : SecuredPlatform.LIST.users().keySet()) {
                assertThat(deployment
                                .publish(user, SecuredDeployment.linesOf(user))
                                .exitCode())
                        .as(user)
                        .isZero();
            }
            deployment.checkTheIntake();
            deployment.send(
                    "keyward-policies",
                    deployment.names().name(Topic.POLICY_APPLIED),
                    "no event".getBytes(StandardCharsets.UTF_8));
            SecuredDeployment.within()
                    .until(() -> deployment
                            .watch("keyward-readers", "decisions")
                            .out()
                            .contains("\"key\":\"contoso/hr\""));
            assertThat(deployment.tenant(TenantExportCommand.class, "contoso").exitCode())
                    .isZero();
            assertThat(deployment
                            .tenant(TenantEraseCommand.class, "fabrikam", "--dry-run")
                            .exitCode())
                    .isZero();
            assertThat(deployment
                            .tenant(TenantEraseCommand.class, "fabrikam", "--yes")
                            .exitCode())
                    .isZero();
            for (String user : List.of("keyward-operators", "keyward-policies")) {
                SecuredDeployment.within()
                        .until(() -> deployment.watch(user, "dead-letters").outLines().stream()
                                .anyMatch(line -> line.contains("UNREADABLE")));
            }
            assertThat(deployment
                            .run(DeadLettersCommand.class, "keyward-repairers", "", "resend", "--as-they-were", "--yes")
                            .out())
                    .contains("Sent 1 record");
            assertThat(deployment.audits())
                    .allSatisfy(run ->
                            assertThat(run.exitCode()).as(run.out() + run.err()).isZero());
            try (Replica replica = Replica.start(deployment.followed())) {
                SecuredDeployment.within()
                        .until(() ->
                                replica.status().ready() && replica.missing().isEmpty());
            }
            instance.rethrowFailure();
        }
        assertThat(deployment.readInAGroup("keyward-readers", deployment.application() + "-readers-1"))
                .isPositive();
        SecuredDeployment other = platform.deployment();
        other.createAndCheckTopics();
        Run restored = other.restore(deployment);
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(deployment.reshard("plan", "--partitions", "2").exitCode()).isZero();
        assertThat(deployment.maintenance())
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.exitCode()).as(run.err()).isZero());
        try (Instance moved = Instance.prepare(deployment.config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
            moved.start();
            SecuredDeployment.within()
                    .until(() -> InstanceHealth.readiness(moved).ok());
            Run state = deployment.verify("state");
            assertThat(state.exitCode()).as(state.out() + state.err()).isZero();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = "classic")
    void withTheListEverybodyDoesTheirWorkInGroupsOfTheOtherProtocol(String groupProtocol) throws Exception {
        withTheListEverybodyDoesTheirWork(groupProtocol);
    }

    @Tag("full")
    @Test
    void startingAnewTakesNothingThatIsNotOnTheList() throws Exception {
        deployment.createAndCheckTopics();
        try (Instance instance = Instance.prepare(deployment.config("keyward", Map.of()), true, Cluster.NOTHING_DUE)) {
            assertThat(instance.notes()).noneMatch(note -> note.contains("--start-anew"));
        }
    }

    @Test
    void theProcessorWarnsAboutAChangelogThatTakesNoWrites() throws Exception {
        deployment.createAndCheckTopics();
        try (Instance instance = Instance.prepare(deployment.config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
            instance.start();
            SecuredDeployment.within()
                    .until(() -> InstanceHealth.readiness(instance).ok());
        }
        String changelog = deployment.application() + "-keys-changelog";
        platform.kafka()
                .administrator()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, changelog),
                        List.of(new AlterConfigOp(new ConfigEntry("min.insync.replicas", "2"), OpType.SET))))
                .all()
                .get();
        SecuredDeployment.within().untilAsserted(() -> {
            try (Instance again =
                    Instance.prepare(deployment.config("keyward", Map.of()), false, Cluster.NOTHING_DUE)) {
                assertThat(again.notes()).anyMatch(note -> note.contains(changelog + " has min.insync.replicas=2"));
            }
        });
    }

    @Tag("full")
    @Test
    void whoWatchesKeysNeedsWhatTheServiceThatFollowsThemMayDo() throws Exception {
        deployment.createAndCheckTopics();
        assertThatThrownBy(() -> Instance.prepare(watching(), false, Cluster.NOTHING_DUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(Topics.writtenByTheWatch().stream()
                        .map(topic -> "WRITE on topic " + deployment.names().name(topic))
                        .toArray(String[]::new));
        platform.kafka()
                .allow(
                        SecuredPlatform.LIST
                                .bindings("keyward-keys", deployment.names().prefix(), deployment.application())
                                .stream()
                                .map(AccessListIT::forTheProcessor)
                                .toList());
        try (Instance instance = Instance.prepare(watching(), false, Cluster.NOTHING_DUE)) {
            assertThat(InstanceHealth.liveness(instance).ok()).isTrue();
        }
    }

    private KeywardConfig watching() {
        return deployment.config(
                "keyward",
                Map.of(
                        "keyward.vault.watch", "true",
                        "keyward.vault.credential", "emulated",
                        "keyward.vault.emulator", "http://127.0.0.1:1"));
    }

    private static AclBinding forTheProcessor(AclBinding binding) {
        AccessControlEntry entry = binding.entry();
        return new AclBinding(
                binding.pattern(),
                new AccessControlEntry("User:keyward", entry.host(), entry.operation(), entry.permissionType()));
    }

    @Test
    void nobodyDoesWhatIsNotOnTheList() throws Exception {
        deployment.createAndCheckTopics();
        Run revoking = deployment.publish("keyward-limits", SecuredDeployment.linesOf("keyward-keys"));
        assertThat(revoking.exitCode()).isOne();
        assertThat(revoking.err()).contains("WRITE", deployment.names().name(Topic.KEY_REVOKED));
        Run prying = deployment.watch("keyward-readers", "dead-letters");
        assertThat(prying.exitCode()).isOne();
        assertThat(prying.err()).contains("READ", deployment.names().deadLetters());
        Run repairing = deployment.run(DeadLettersCommand.class, "keyward-limits", "", "resend", "--as-they-were");
        assertThat(repairing.exitCode()).isOne();
        assertThat(repairing.err()).contains("READ", deployment.names().name(Topic.KEY_REVOKED));
        assertThatThrownBy(() -> deployment.readInAGroup("keyward-readers", deployment.application()))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void aBrokerWhoseAuthorityIsNotKnownIsToldWithTheReason() throws Exception {
        Path others =
                SelfSigned.in(Files.createDirectory(folder.resolve("others"))).certificate();
        Map<String, String> settings = Map.of("keyward.kafka.ssl.truststore.location", others.toString());
        assertThatThrownBy(() -> Instance.prepare(deployment.config("keyward", settings), false, Cluster.NOTHING_DUE))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("TLS")
                .hasMessageContaining("PKIX path validation failed")
                .hasMessageContaining("keyward.kafka.ssl.*");
    }

    @Test
    void aWrongPasswordIsNoMissingOperation() throws Exception {
        Map<String, String> credentials = new HashMap<>(platform.credentials().get("keyward"));
        Path login = Path.of(credentials.get("keyward.kafka.sasl.jaas.config.file"));
        credentials.put(
                "keyward.kafka.sasl.jaas.config.file",
                Files.writeString(
                                folder.resolve("wrong.jaas"),
                                Files.readString(login).replace("secret-of-", "guess-of-"))
                        .toString());
        assertThatThrownBy(() -> Instance.prepare(
                        SecuredDeployment.load(deployment.settings(credentials, Map.of())), false, Cluster.NOTHING_DUE))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("refuses the credentials")
                .hasMessageContaining("keyward.kafka.sasl.*")
                .hasMessageNotContaining("guess-of-");
    }
}
