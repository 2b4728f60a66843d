package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.app.run.Instance;
import io.keyward.app.start.CheckOutcome.Status;
import io.keyward.cli.command.ConfigCheck.CheckResult;
import io.keyward.cluster.SchemaAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.sandbox.EmbeddedKeyVault;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each test has a prefix of its own on one cluster.
@ExtendWith(ClusterExtension.class)
class ConfigCheckIT {
    private static Cluster cluster;

    @TempDir
    Path lasting;

    private final Map<String, CheckResult> results = new LinkedHashMap<>();

    @Test
    void whatIsReadyPasses() {
        KeywardConfig config = config("ready.", Map.of());
        cluster.withTopics(config);
        try (SchemaAdmin schemas = new SchemaAdmin(config)) {
            schemas.register();
        }
        assertThat(passes(config)).isTrue();
        assertThat(results.values().stream().map(result -> result.outcome().status()))
                .containsExactly(
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.ADVICE,
                        Status.OK,
                        Status.OK,
                        Status.SKIPPED);
        assertThat(text("topics")).contains("3 partitions", "20 of 20 topics have a single replica");
    }

    @Test
    void missingTopicsFailWithTheCommandThatCreatesThem() {
        assertThat(passes(config("absent.", Map.of()))).isFalse();
        assertThat(status("topics")).isEqualTo(Status.FAILED);
        assertThat(text("topics")).contains("absent.policy-applied does not exist", "bin/keyward topics create");
        assertThat(status("cluster")).isEqualTo(Status.SKIPPED);
    }

    @Test
    void whatEarlierInstancesLeftMustBeAsTheyLeftIt() throws Exception {
        KeywardConfig config = config("earlier.", Map.of());
        cluster.withTopics(config);
        String changelog = config.applicationId() + "-keys-changelog";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(changelog, Cluster.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        assertThat(passes(config)).isFalse();
        assertThat(text("cluster")).startsWith("failed").contains(changelog, "cleanup.policy=compact");
    }

    @Test
    void settingsThatMayBeMisspeltAreAdvice() {
        passes(config(
                "misspelt.",
                Map.of(
                        "keyward.kafka.metric.reporters", "com.example.Reporter",
                        "keyward.kafka.securty.protocol", "SSL")));
        assertThat(status("configuration")).isEqualTo(Status.ADVICE);
        assertThat(text("configuration")).contains("Did you mean keyward.kafka.security.protocol?");
    }

    @Test
    void missingSchemasAreAdviceWhereTheStartRegistersThemAndElseAFailure() {
        KeywardConfig registers = config("schemas.", Map.of());
        cluster.withTopics(registers);
        assertThat(passes(registers)).isTrue();
        assertThat(status("schema registry")).isEqualTo(Status.ADVICE);
        assertThat(passes(config("schemas.", Map.of("keyward.registry.auto.register.schemas", "false"))))
                .isFalse();
        assertThat(status("schema registry")).isEqualTo(Status.FAILED);
        assertThat(text("schema registry")).contains("bin/keyward schemas register");
    }

    @Test
    void withoutKafkaTheRestIsTriedAllTheSame() {
        Map<String, String> unreachable = Map.of(
                "keyward.kafka.bootstrap.servers", "127.0.0.1:" + FreePorts.one(),
                "keyward.kafka.default.api.timeout.ms", "2000",
                "keyward.kafka.request.timeout.ms", "1000");
        assertThat(passes(config("away.", unreachable))).isFalse();
        assertThat(status("Kafka")).isEqualTo(Status.FAILED);
        assertThat(text("Kafka")).contains("keyward.kafka.bootstrap.servers");
        assertThat(status("access")).isEqualTo(Status.SKIPPED);
        assertThat(status("topics")).isEqualTo(Status.SKIPPED);
        assertThat(status("schema registry")).isEqualTo(Status.ADVICE);
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        String url = "http://127.0.0.1:" + FreePorts.one();
        KeywardConfig config =
                config("registry.", Map.of("keyward.registry.url", url, "keyward.registry.retries.deadline.ms", "500"));
        cluster.withTopics(config);
        assertThat(passes(config)).isFalse();
        assertThat(status("topics")).isEqualTo(Status.ADVICE);
        assertThat(text("schema registry")).startsWith("failed").contains(url, "keyward.registry.url");
    }

    @Test
    void aStateFolderThatCannotBeOneFailsWithTheCommandThatMendsIt() throws IOException {
        Path file = Files.writeString(lasting.resolve("file"), "no folder");
        assertThat(passes(config("folder.", Map.of("keyward.state.dir", file.toString()))))
                .isFalse();
        assertThat(text("state folder")).startsWith("failed").contains(file.toString(), "mkdir -p");
    }

    @Test
    void anEndpointThatCannotBeClosedAsConfiguredFails() {
        Path absent = lasting.resolve("token");
        assertThat(passes(config("endpoint.", Map.of("keyward.http.token.file", absent.toString()))))
                .isFalse();
        assertThat(text("HTTP endpoint")).startsWith("failed").contains("keyward.http.token.file", absent.toString());
    }

    @Test
    void aWatchNeedsATokenForTheVaults() {
        try (EmbeddedKeyVault vaults = EmbeddedKeyVault.start(Optional.empty(), 0, Clock.systemUTC())) {
            passes(config("vaults.", watching(vaults.url())));
            assertThat(status("vaults")).isEqualTo(Status.OK);
        }
        URI nowhere = URI.create("http://127.0.0.1:" + FreePorts.one());
        assertThat(passes(config("vaults.", watching(nowhere)))).isFalse();
        assertThat(text("vaults")).startsWith("failed").contains("keyward.vault.credential");
    }

    private static Map<String, String> watching(URI vaults) {
        return Map.of(
                "keyward.vault.watch", "true",
                "keyward.vault.credential", "emulated",
                "keyward.vault.emulator", vaults.toString());
    }

    @Test
    void whatRunWouldRefuseFailsAndEverythingElseIsTried() {
        KeywardConfig config = config("rules.", Map.of("keyward.rules.profile", "2001-01-01"));
        cluster.withTopics(config);
        assertThat(passes(config)).isFalse();
        assertThat(text("configuration")).startsWith("failed").contains("2001-01-01", "2024-07-23");
        assertThat(status("topics")).isEqualTo(Status.ADVICE);
    }

    /// Whatever ends a start before it has reached Kafka.
    @ParameterizedTest
    @CsvSource({
        "keyward.streams.commit.interval.ms, 99999999, commit interval",
        "keyward.kafka.transaction.timeout.ms, 99, commit interval",
        "keyward.streams.transaction.timeout.ms, 99, commit interval",
        "keyward.streams.producer.transaction.timeout.ms, 99, commit interval",
        "keyward.registry.serde, com.example.Nope, keyward.registry.serde = com.example.Nope",
        "keyward.http.probe-port, 23, keyward.http.probe-port = 23",
        "keyward.rules.profile, 2001-01-01, 2001-01-01"
    })
    void whatEndsAStartFailsAsConfiguration(String setting, String value, String told) {
        KeywardConfig config = config("ends.", Map.of("keyward.http.port", "23", setting, value));
        assertThat(passes(config)).isFalse();
        assertThat(text("configuration")).startsWith("failed").contains(told);
        assertThatThrownBy(() -> Instance.prepare(config.forRun(), false, Cluster.NOTHING_DUE)
                        .close())
                .hasMessageContaining(told);
    }

    @Test
    void aStateFolderThatItsFileSystemDoesNotTakeIsRefusedWithTheReason() {
        KeywardConfig config = config("proc.", Map.of("keyward.state.dir", "/proc/keyward"));
        cluster.withTopics(config);
        assertThat(passes(config)).isFalse();
        assertThat(text("state folder"))
                .startsWith("failed")
                .contains("/proc/keyward cannot be used", "/proc", "file system proc", "keyward.state.dir");
        assertThatThrownBy(() -> Instance.prepare(config.forRun(), false, Cluster.NOTHING_DUE)
                        .close())
                .hasMessageContainingAll("/proc/keyward cannot be used", "file system proc", "keyward.state.dir");
    }

    @Test
    void credentialsThatCannotBeReadAreNamedWithTheirSettingTheirFileAndTheCause() {
        assertThat(passes(config(
                        "jaas.",
                        Map.of(
                                "keyward.kafka.security.protocol", "SASL_PLAINTEXT",
                                "keyward.kafka.sasl.mechanism", "PLAIN",
                                "keyward.kafka.sasl.jaas.config", "com.example.Plain required user='a' hush\"hush;"))))
                .isFalse();
        assertThat(text("Kafka"))
                .startsWith("failed")
                .contains("keyward.kafka.sasl.jaas.config", "JAAS")
                .doesNotContain("hush");
        Path absent = lasting.resolve("trust.jks");
        assertThat(passes(config(
                        "trust.",
                        Map.of(
                                "keyward.kafka.security.protocol",
                                "SSL",
                                "keyward.kafka.ssl.truststore.location",
                                absent.toString()))))
                .isFalse();
        assertThat(text("Kafka"))
                .startsWith("failed")
                .contains("keyward.kafka.ssl.truststore.location = " + absent, "NoSuchFileException");
    }

    @Test
    void aConfigurationOfAnIntakeIsCheckedForIt() throws Exception {
        KeywardConfig config = intake("takes.");
        cluster.withTopics(config);
        try (SchemaAdmin schemas = new SchemaAdmin(config)) {
            schemas.register();
        }
        assertThat(passes(config)).isTrue();
        assertThat(results)
                .containsOnlyKeys("intake", "webhooks", "HTTP endpoint", "Kafka", "schema registry", "intake's topics")
                .allSatisfy((_, result) -> assertThat(result.outcome().status()).isEqualTo(Status.OK));
        assertThat(text("intake")).contains("tenants with a secret: 1");
    }

    @Test
    void whatAnIntakeLacksIsSaid() throws Exception {
        assertThat(passes(intake("lacks."))).isFalse();
        assertThat(text("intake's topics")).startsWith("failed").contains("lacks.key-hints does not exist");
    }

    /// Without a state folder.
    private KeywardConfig intake(String prefix) throws IOException {
        Path secrets = Files.createDirectory(lasting.resolve("secrets"));
        Files.writeString(secrets.resolve("contoso"), "a-secret-of-contoso\n");
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "keyward.kafka.bootstrap.servers", cluster.bootstrapServers(),
                "keyward.registry.url", cluster.registryUrl().toString(),
                "keyward.topics.prefix", prefix,
                "keyward.topics.partitions", "3",
                "keyward.intake.secrets.dir", secrets.toString()));
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    private KeywardConfig config(String prefix, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("keyward.state.dir", lasting.toString()));
        settings.putAll(more);
        return cluster.config(prefix, settings);
    }

    private boolean passes(KeywardConfig config) {
        return ConfigCheck.passes(config, false, result -> results.put(result.subject(), result));
    }

    private Status status(String subject) {
        return results.get(subject).outcome().status();
    }

    private String text(String subject) {
        return results.get(subject).text();
    }
}
