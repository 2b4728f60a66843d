package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.config.StateSettings.MemorySize;
import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.registry.client.Connection;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.topology.Bounds;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywardConfigTest {
    /// Each setting, a value for it, where the value is read, what is there by default, and how the value is read
    /// if not as it is written.
    private static final List<Row> SETTINGS = """
            keyward.application.id | keyward-eu | applicationId | keyward
            keyward.kafka.bootstrap.servers | a:9092,b:9092 | kafka.bootstrap.servers | none
            keyward.streams.num.stream.threads | 4 | streams.num.stream.threads | none
            keyward.streams.group.protocol | streams | streams.group.protocol | none
            keyward.registry.url | http://a:8081 | registry.url | none
            keyward.registry.basic.auth.credentials.source | URL | registry.basic.auth.credentials.source | none
            keyward.registry.serde | com.example.AvroSerde | registry.serde | keyward
            keyward.topics.prefix | eu.cmk. | topics.names.prefix | cmk.
            keyward.topics.partitions | 24 | topics.partitions | 12
            keyward.topics.replication | 3 | topics.replication | -1
            keyward.state.dir | /var/lib/keyward | state.dir | none
            keyward.state.store | memory | state.store | ROCKSDB | MEMORY
            keyward.state.memory | 1 GiB | state.memory | 256 MiB | 1024 MiB
            keyward.rules.profile | 2024-10-08 | rules.profile | 2024-07-23
            keyward.rules.evidence | require | rules.evidence | none | REQUIRE
            keyward.rules.min-time | 2020-02-29 | bounds.minTime | 2015-01-01T00:00:00Z | 2020-02-29T00:00:00Z
            keyward.rules.max-future | PT1M | bounds.maxFuture | PT5M
            keyward.refusals.records | 0 | bounds.refusals.records | 200
            keyward.refusals.tenants | 7 | bounds.refusals.tenants | 5
            keyward.refusals.accepted-percent | 25 | bounds.refusals.acceptedPercent | 10
            keyward.refusals.window | PT30S | bounds.refusals.window | PT1M
            keyward.progress.interval | PT2S | bounds.progressInterval | PT5S
            keyward.http.host | 0.0.0.0 | http.host | 127.0.0.1
            keyward.http.port | 0 | http.port | 8080
            keyward.http.probe-port | 8086 | http.probePort | none
            keyward.http.tls.certificate.file | /tls/tls.crt | http.files.certificate | none
            keyward.http.tls.key.file | /tls/tls.key | http.files.key | none
            keyward.http.tls.password.file | /tls/password | http.files.password | none
            keyward.http.token.file | /http/token | http.files.token | none
            keyward.http.open | true | http.open | false
            keyward.health.stalled-after | PT20M | health.stalled-after | PT15M
            keyward.tracing.enabled | true | tracing.enabled | false
            keyward.vault.watch | true | vault.watch | false
            keyward.vault.period | PT1M | vault.period | PT2M
            keyward.vault.jitter | 20 | vault.jitter | 10
            keyward.vault.deep-every | 4 | vault.deep-every | 3
            keyward.vault.refresh | PT10S | vault.refresh | PT30S
            keyward.vault.confirmations | 5 | vault.confirmations | 3
            keyward.vault.confirm-interval | PT0.5S | vault.confirm-interval | PT45S
            keyward.vault.grace | PT0S | vault.grace | PT15M
            keyward.vault.identity | policy | vault.identity | OWN | POLICY
            keyward.vault.network | platform | vault.network | OWN | PLATFORM
            keyward.vault.network-grace | PT2H | vault.network-grace | PT1H
            keyward.vault.hold | P1D | vault.hold | PT168H | PT24H
            keyward.vault.expiry-days | 7, 60 | vault.expiry-days | [30, 14, 7, 1] | [60, 7]
            keyward.vault.quota-percent | 2 | vault.quota-percent | 5
            keyward.vault.concurrency | 16 | vault.concurrency | 32
            keyward.vault.concurrency-per-vault | 1 | vault.concurrency-per-vault | 4
            keyward.vault.break.failures | 6 | vault.break.failures | 5
            keyward.vault.break.pause | PT5S | vault.break.pause | PT30S
            keyward.vault.break.max-pause | PT1H | vault.break.max-pause | PT5M
            keyward.vault.credential | client-certificate | vault.credential | WORKLOAD_IDENTITY | CLIENT_CERTIFICATE
            keyward.vault.cloud | us-government | vault.cloud | PUBLIC | US_GOVERNMENT
            keyward.vault.tenant-id | contoso.onmicrosoft.com | vault.tenant-id | none
            keyward.vault.client-id | 9f6a6e10-0000-4000-8000-000000000000 | vault.client-id | none
            keyward.vault.token.file | /vault/token | vault.token.file | none
            keyward.vault.client-secret.file | /vault/secret | vault.client-secret.file | none
            keyward.vault.client-certificate.file | /vault/tls.pem | vault.client-certificate.file | none
            keyward.vault.client-certificate.password.file | /vault/password | vault.client-certificate.password.file | none
            keyward.vault.allowed-tenants | a, b | vault.allowed-tenants | none | [a, b]
            keyward.vault.timeout | PT5S | vault.timeout | PT10S
            keyward.vault.emulator | http://localhost:9 | vault.emulator | none
            keyward.console.state.dir | /var/lib/keyward-console | console.state.dir | none
            keyward.console.memory | 64 MiB | console.memory | 32 MiB | 64 MiB
            keyward.console.history | P7D | console.history | PT720H | PT168H
            keyward.console.vault.link | https://p.example/#{vault}/{key} | console.vault.link | none | https://p.example/#{vault}/{key}
            keyward.console.host | 0.0.0.0 | console.http.host | 127.0.0.1
            keyward.console.port | 8443 | console.http.port | 8090
            keyward.console.tls.certificate.file | /console/tls.crt | console.http.files.certificate | none
            keyward.console.tls.key.file | /console/tls.key | console.http.files.key | none
            keyward.console.tls.password.file | /console/password | console.http.files.password | none
            keyward.console.token.file | /console/token | console.http.files.token | none
            keyward.console.open | true | console.http.open | false
            keyward.console.oidc.issuer | https://login.example/realm/ | console.oidc.issuer | none
            keyward.console.oidc.audience | keyward | console.oidc.audience | none
            keyward.console.oidc.claim | roles | console.oidc.claim | keyward_tenants
            keyward.console.oidc.client-id | console | console.oidc.client-id | none
            keyward.console.oidc.client-secret.file | /console/secret | console.oidc.client-secret.file | none
            keyward.console.oidc.scopes | openid roles | console.oidc.scopes | openid
            keyward.console.address | https://console.example | console.address | none
            keyward.console.session.lifetime | PT1H | console.session.lifetime | PT8H | PT1H
            keyward.console.session.key.file | /console/key | console.session.key.file | none
            keyward.intake.secrets.dir | /intake/secrets | intake.secrets.dir | none
            keyward.intake.origins | eventgrid.azure.net, eventgrid.azure.us | intake.origins | [eventgrid.azure.net] | [eventgrid.azure.net, eventgrid.azure.us]
            keyward.intake.timeout | PT25S | intake.timeout | PT15S
            keyward.intake.largest-body | 1024 | intake.largest-body | 1048576
            keyward.intake.rate | 60 | intake.rate | 600
            keyward.intake.http.host | 0.0.0.0 | intake.http.host | 127.0.0.1
            keyward.intake.http.port | 8444 | intake.http.port | 8100
            keyward.intake.http.tls.certificate.file | /intake/tls.crt | intake.http.files.certificate | none
            keyward.intake.http.tls.key.file | /intake/tls.key | intake.http.files.key | none
            keyward.intake.http.tls.password.file | /intake/password | intake.http.files.password | none
            """.lines().map(Row::of).toList();

    @TempDir
    Path folder;

    private record Row(String key, String value, String place, String byDefault, String read) {
        static Row of(String line) {
            List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
            return new Row(
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.size() > 4 ? cells.get(4) : cells.get(1));
        }
    }

    @Test
    void defaults() {
        assertThat(valuesOf(of(Map.of()))).isEqualTo(expected(Row::byDefault));
    }

    @Test
    void everyKeyIsMapped() throws IOException {
        Map<String, String> all = SETTINGS.stream().collect(Collectors.toMap(Row::key, Row::value));
        assertThat(all.keySet())
                .containsAll(KeywardConfig.ALL.stream().map(Setting::key).toList());
        Map<String, String> expected = expected(Row::read);
        KeywardConfig config = of(all);
        assertThat(valuesOf(config)).as("from system properties").isEqualTo(expected);
        assertThat(valuesOf(KeywardConfig.load(Optional.of(file(lines(all))), Map.of(), new Properties())))
                .as("from a file")
                .isEqualTo(expected);
        assertThat(valuesOf(KeywardConfig.load(Optional.empty(), asVariables(all), new Properties())))
                .as("from environment variables")
                .isEqualTo(expected);
        assertThat(valuesOf(KeywardConfig.load(Optional.of(file(config.describe())), Map.of(), new Properties())))
                .as("from its description")
                .isEqualTo(expected);
    }

    private static Map<String, String> expected(Function<Row, String> text) {
        Map<String, String> expected = new TreeMap<>();
        SETTINGS.stream()
                .filter(row -> !text.apply(row).equals("none"))
                .forEach(row -> expected.put(row.place(), text.apply(row)));
        expected.put("intake.http.open", "true"); // which no setting changes
        return expected;
    }

    /// Every value of a configuration as text, by setting.
    private static Map<String, String> valuesOf(KeywardConfig config) {
        Map<String, String> values = new TreeMap<>();
        add("applicationId", config.applicationId(), values);
        add("kafka", config.kafka(), values);
        add("streams", config.streams(), values);
        add("registry", config.registry(), values);
        add("topics", config.topics(), values);
        Bounds bounds = config.rules().bounds();
        add("bounds.minTime", bounds.minTime(), values);
        add("bounds.maxFuture", bounds.maxFuture(), values);
        add("bounds.refusals", bounds.refusals(), values);
        add("bounds.progressInterval", bounds.progressInterval(), values);
        add("http", config.http(), values);
        add("console.http", config.http(HttpDefinitions.CONSOLE), values);
        add("intake.http", config.http(HttpDefinitions.INTAKE), values);
        SETTINGS.stream()
                .filter(row -> row.key().equals("keyward." + row.place()))
                .flatMap(row -> KeywardConfig.ALL.stream()
                        .filter(setting -> setting.key().equals(row.key())))
                .forEach(setting -> add(setting.key().substring("keyward.".length()), config.find(setting), values));
        return values;
    }

    private static void add(String place, Object value, Map<String, String> values) {
        switch (value) {
            case HttpNames _ -> {} // the names of settings, for messages
            case MemorySize size -> values.put(place, size.toString());
            case VaultLink link -> values.put(place, link.toString());
            case Optional<?> some -> some.ifPresent(present -> add(place, present, values));
            case ClientSettings settings ->
                settings.values().forEach((key, passedOn) -> add(place + "." + key, passedOn, values));
            case Record record ->
                Stream.of(record.getClass().getRecordComponents())
                        .forEach(part -> add(place + "." + part.getName(), valueOf(part, record), values));
            default -> values.put(place, value.toString());
        }
    }

    private static Object valueOf(RecordComponent part, Record record) {
        try {
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError(part.getName(), failure);
        }
    }

    @Test
    void systemPropertiesStandOverVariablesAndVariablesOverTheFile() throws IOException {
        Path file = file("keyward.http.port=1", "keyward.http.host=127.0.0.2", "keyward.rules.profile=file");
        KeywardConfig config = KeywardConfig.load(
                Optional.of(file),
                Map.of("KEYWARD_HTTP_PORT", "2", "KEYWARD_HTTP_HOST", "127.0.0.3"),
                system(Map.of("keyward.http.port", "3")));
        assertThat(config.http())
                .isEqualTo(
                        new HttpSettings(HttpNames.PROCESSOR, "127.0.0.3", 3, Optional.empty(), HttpFiles.NONE, false));
        assertThat(config.value(RuleSettings.PROFILE)).isEqualTo("file");
    }

    @ParameterizedTest
    @CsvSource({
        "KEYWARD_RULES_MAX_FUTURE, PT7M, keyward.rules.max-future = PT7M",
        "KEYWARD_KAFKA_SECURITY_PROTOCOL, SSL, keyward.kafka.security.protocol = SSL",
        "KEYWARD_STREAMS_RACK_AWARE_ASSIGNMENT_NON_OVERLAP_COST, 3,"
                + " keyward.streams.rack.aware.assignment.non_overlap_cost = 3",
        "KEYWARD_STREAMS_CONSUMER_MAX_POLL_RECORDS, 10, keyward.streams.consumer.max.poll.records = 10",
        "KEYWARD_REGISTRY_HTTP_READ_TIMEOUT_MS, 10, keyward.registry.http.read.timeout.ms = 10"
    })
    void anUnderscoreOfAVariableIsWhateverTheKnownNameHas(String variable, String value, String line) {
        assertThat(KeywardConfig.load(Optional.empty(), Map.of(variable, value), new Properties())
                        .describe())
                .contains(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEYWARD_SERVICE_HOST", "KEYWARD_SERVICE_PORT_HTTP", "KEYWARD_PORT", "KEYWARD_PORT_8080_TCP_ADDR",
                "KEYWARD_KAFKA_PORT_9092_TCP", "KEYWARD_JAVA_OPTS", "KEYWARD_LOG_LEVEL", "KAFKA_HOME"
            })
    void variablesThatKubernetesOrOthersPutThereAreIgnored(String variable) {
        assertThat(KeywardConfig.load(Optional.empty(), Map.of(variable, "anything"), new Properties()))
                .isEqualTo(of(Map.of()));
    }

    @Test
    void passedOnValuesAreTakenVerbatim() {
        String value = "${file:/etc/secrets:key} a\\,b $x %dev";
        assertThat(of(Map.of("keyward.kafka.client.id", value)).kafka().values())
                .containsEntry("client.id", value);
    }

    @Test
    void aSecretCanComeFromAFileAndIsNeverShown() throws IOException {
        Path secret = file("org.example.Login required password=\"hunter2\";");
        KeywardConfig config = of(Map.of(
                "keyward.kafka.sasl.jaas.config.file", secret.toString(),
                "keyward.kafka.ssl.keystore.key", "hunter2",
                "keyward.kafka.sasl.oauthbearer.assertion.file", "/var/run/token",
                "keyward.streams.consumer.ssl.key.password", "hunter2",
                "keyward.registry.url", "https://keyward:hunter2@registry:8081",
                "keyward.registry.basic.auth.user.info", "keyward:hunter2",
                "keyward.registry.bearer.auth.token.file", secret.toString()));

        assertThat(config.kafka().values())
                .containsEntry("sasl.jaas.config", "org.example.Login required password=\"hunter2\";")
                .containsEntry("sasl.oauthbearer.assertion.file", "/var/run/token");
        assertThat(config.registry().values()).containsKeys("bearer.auth.token", "basic.auth.user.info");
        assertThat(config.toString()).contains("[hidden]").doesNotContain("hunter2");
        assertThat(config.describe())
                .contains("keyward.kafka.sasl.jaas.config = [hidden]\n")
                .contains("keyward.registry.url = https://[hidden]@registry:8081\n")
                .contains("keyward.kafka.sasl.oauthbearer.assertion.file = /var/run/token\n")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "keyward.kafka.sasl.jaas.confg, keyward.kafka.sasl.jaas.config",
        "keyward.streams.consumer.ssl.key.pasword, keyward.streams.consumer.ssl.key.password",
        "keyward.vault.client-secret, keyward.vault.client-secret.file",
        "keyward.http.token, keyward.http.token.file"
    })
    void aSecretIsSuggestedAPlaceInItsOwnGroup(String key, String meant) {
        assertThatThrownBy(() -> of(Map.of(key, "hunter2")))
                .hasMessageContaining("Did you mean " + meant + "?")
                .hasMessageNotContaining("hunter2");
    }

    /// A user who follows such a suggestion would send the secret to the wrong system.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyward.vault.sasl.jaas.config",
                "keyward.vault.ssl.key.password",
                "keyward.kafak.sasl.jaas.config",
                "keyward.kafka.producer.ssl.key.password",
                "keyward.vualt.client-secret"
            })
    void noSecretIsSuggestedAPlaceInAnotherGroup(String key) {
        assertThatThrownBy(() -> of(Map.of(key, "hunter2")))
                .hasMessageContaining(key + " = [hidden]")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("Did you mean");
    }

    @ParameterizedTest
    @CsvSource({
        "keyward.vault.cloude, keyward.vault.cloud",
        "keyward.htpp.host, keyward.http.host",
        "keyward.kafak.client.id, keyward.kafka.client.id"
    })
    void whatIsNoSecretIsSuggestedTheNearestName(String key, String meant) {
        assertThatThrownBy(() -> of(Map.of(key, "x"))).hasMessageContaining("Did you mean " + meant + "?");
    }

    @Test
    void aNameOfKafkasWithoutItsGroupIsSuggestedBothUnlessItIsASecret() throws IOException {
        Path file = file("client.rack=x", "ssl.key.password=hunter2");
        assertThatThrownBy(() -> KeywardConfig.load(Optional.of(file), Map.of(), new Properties()))
                .hasMessageContaining("Did you mean keyward.kafka.client.rack or keyward.streams.client.rack?")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("keyward.kafka.ssl.key.password");
    }

    /// `keyward.vault.*` has no such setting, and no other group is searched.
    @Test
    void aKnownGroupIsNeverLeft() {
        assertThatThrownBy(() -> of(Map.of("keyward.vault.client.id", "x")))
                .hasMessageContaining("Did you mean keyward.vault.client-id?");
        assertThatThrownBy(() -> of(Map.of("keyward.state.client.rack", "x"))).hasMessageNotContaining("Did you mean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyward.kafka.metrics.jmx.exclude",
                "keyward.kafka.config.providers.vault.param.address",
                "keyward.kafka.retry.backoff.max.ms",
                "keyward.streams.main.consumer.max.poll.records",
                "keyward.streams.restore.consumer.max.poll.records",
                "keyward.streams.producer.linger.ms",
                "keyward.streams.admin.retry.backoff.ms",
                "keyward.streams.topic.segment.bytes",
                "keyward.streams.client.tag.zone",
                "keyward.streams.num.standby.replicas"
            })
    void whatKafkaReadsIsPassedOn(String key) {
        assertThatCode(() -> of(Map.of(key, "1"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyward.kafka.interceptor.classes",
                "keyward.kafka.metric.reporters",
                "keyward.kafka.sasl.login.callback.handler.class",
                "keyward.streams.consumer.interceptor.classes"
            })
    void whatAPlugInMayReadIsPassedOnAndNamedAtStart(String plugIn) {
        KeywardConfig config = of(Map.of(
                plugIn,
                KeywardConfigTest.class.getName(),
                "keyward.kafka.securty.protocol",
                "SSL",
                "keyward.streams.example.url",
                "http://a"));
        assertThat(config.kafka().values()).containsEntry("securty.protocol", "SSL");
        assertThat(new UnknownSettings(config).notes())
                .containsExactly(
                        "keyward.kafka.securty.protocol: no Kafka client reads this setting. Did you mean keyward.kafka.security.protocol? It is passed on, since %s names a class that may read it."
                                .formatted(plugIn),
                        "keyward.streams.example.url: neither Kafka Streams nor any of its clients reads this setting. It is passed on, since %s names a class that may read it."
                                .formatted(plugIn));
    }

    @ParameterizedTest
    @CsvSource({
        "keyward.kafka.metric.reporters, org.apache.kafka.common.metrics.JmxReporter",
        "keyward.kafka.sasl.login.callback.handler.class, org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler"
    })
    void aClassOfKafkasOwnReadsNothingElse(String key, String value) {
        assertThatThrownBy(() -> of(Map.of(key, value, "keyward.kafka.securty.protocol", "SSL")))
                .hasMessageContaining("Did you mean keyward.kafka.security.protocol?");
    }

    @Test
    void aSecretFromAFileIsRefusedUnderTheNameThatWasGiven() throws IOException {
        Path secret = file("hunter2");
        assertThatThrownBy(() -> of(Map.of("keyward.kafka.sasl.jaas.confg.file", secret.toString())))
                .hasMessageStartingWith("keyward.kafka.sasl.jaas.confg.file = " + secret)
                .hasMessageContaining("Did you mean keyward.kafka.sasl.jaas.config.file?")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keyward.application.id      | a b      | must be 1 to 100 letters, digits, '.', '_' and '-'.",
                "keyward.topics.prefix       | cmk/     | must be up to 200 letters, digits, '.', '_' and '-'.",
                "keyward.topics.partitions   | 0        | must be a whole number from 1 to 10000.",
                "keyward.topics.partitions   | twelve   | must be a whole number from 1 to 10000.",
                "keyward.topics.replication  | 0        | must be a whole number from 1 to 100, or -1 for the"
                        + " broker's default.",
                "keyward.registry.serde      | avro     | must be keyward, or the class of a Kafka serde for"
                        + " Avro's specific records, such as io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde.",
                "keyward.state.dir           | ''       | must be the path of a folder that outlives the process.",
                "keyward.state.store         | disk     | must be one of rocksdb, memory.",
                "keyward.state.memory        | 256 MB   | must be at least 16 MiB, as a number with KiB, MiB or"
                        + " GiB (or k, m, g), or as plain bytes.",
                "keyward.state.memory        | 1m       | must be at least 16 MiB, as a number with KiB, MiB or"
                        + " GiB (or k, m, g), or as plain bytes.",
                "keyward.rules.profile       | a/b      | must be the name of a rule profile, for example"
                        + " 2024-07-23.",
                "keyward.rules.evidence      | maybe    | must be one of ignore, report, require.",
                "keyward.rules.min-time      | 2015     | must be a date, for example 2015-01-01.",
                "keyward.rules.max-future    | 5m       | must be an ISO-8601 duration of zero or more, for"
                        + " example PT5M.",
                "keyward.rules.max-future    | PT-5M    | must be an ISO-8601 duration of zero or more, for"
                        + " example PT5M.",
                "keyward.http.host           | a/b      | must be a host name or an IP address.",
                "keyward.http.port           | 65536    | must be a port number from 0 (any free one) to 65535.",
                "keyward.http.probe-port     | 0        | must be a port number from 1 to 65535.",
                "keyward.http.tls.certificate.file | '' | must be the path of a PEM certificate chain, or of a"
                        + " PKCS#12 key store.",
                "keyward.http.token.file     | ''       | must be the path of a file with one line of at least 16"
                        + " characters.",
                "keyward.http.open           | yes      | must be true or false.",
                "keyward.console.state.dir   | ''       | must be the path of a folder that outlives the process.",
                "keyward.console.memory      | 1m       | must be at least 16 MiB, as a number with KiB, MiB or"
                        + " GiB (or k, m, g), or as plain bytes.",
                "keyward.console.history     | P30      | must be an ISO-8601 duration longer than zero, for"
                        + " example P30D.",
                "keyward.console.host        | a/b      | must be a host name or an IP address.",
                "keyward.console.port        | 65536    | must be a port number from 0 (any free one) to 65535.",
                "keyward.console.open        | yes      | must be true or false.",
                "keyward.intake.secrets.dir  | ''       | must be the path of a folder with a file of secrets for"
                        + " each tenant.",
                "keyward.intake.origins      | a b      | must be host names, separated by commas.",
                "keyward.intake.origins      | a,       | must be host names, separated by commas.",
                "keyward.intake.timeout      | PT0.999S | must be an ISO-8601 duration from PT1S to PT25S.",
                "keyward.intake.timeout      | PT25.001S | must be an ISO-8601 duration from PT1S to PT25S.",
                "keyward.intake.largest-body | 1 MiB    | must be a whole number from 1024 to 16777216.",
                "keyward.intake.rate         | 0        | must be a whole number from 1 to 1000000.",
                "keyward.intake.http.host    | a/b      | must be a host name or an IP address.",
                "keyward.intake.http.port    | 65536    | must be a port number from 0 (any free one) to 65535.",
                "keyward.intake.http.tls.certificate.file | '' | must be the path of a PEM certificate chain, or of"
                        + " a PKCS#12 key store.",
                "keyward.intake.http.token.file | x     | there is no such setting.",
                "keyward.health.stalled-after | PT0S    | must be an ISO-8601 duration longer than zero, for example PT15M.",
                "keyward.vault.watch         | yes      | must be true or false.",
                "keyward.vault.period        | PT0S     | must be an ISO-8601 duration longer than zero, for"
                        + " example PT2M.",
                "keyward.vault.jitter        | 51       | must be a whole number of percent from 0 to 50.",
                "keyward.vault.deep-every    | 0        | must be a whole number from 1 to 1000.",
                "keyward.vault.refresh       | often    | must be an ISO-8601 duration longer than zero, for"
                        + " example PT30S.",
                "keyward.vault.confirmations | 0        | must be a whole number from 1 to 20.",
                "keyward.vault.confirm-interval | -PT1S | must be an ISO-8601 duration longer than zero, for"
                        + " example PT45S.",
                "keyward.vault.grace         | -PT1S    | must be an ISO-8601 duration of zero or more, for"
                        + " example PT15M.",
                "keyward.vault.identity      | mine     | must be one of own, policy.",
                "keyward.vault.network       | private  | must be one of own, platform.",
                "keyward.vault.network-grace | -PT1S    | must be an ISO-8601 duration of zero or more, for"
                        + " example PT1H.",
                "keyward.vault.hold          | a week   | must be an ISO-8601 duration of zero or more, for"
                        + " example P7D.",
                "keyward.vault.expiry-days   | 30;14    | must be whole numbers of days from 1 to 3650, separated"
                        + " by commas.",
                "keyward.vault.expiry-days   | 0        | must be whole numbers of days from 1 to 3650, separated"
                        + " by commas.",
                "keyward.vault.quota-percent | 1        | must be a whole number of percent from 2 to 50.",
                "keyward.vault.concurrency   | 0        | must be a whole number from 1 to 1000.",
                "keyward.vault.concurrency-per-vault | 101 | must be a whole number from 1 to 100.",
                "keyward.vault.break.failures | 0       | must be a whole number from 1 to 1000.",
                "keyward.vault.break.pause   | PT0S     | must be an ISO-8601 duration longer than zero, for"
                        + " example PT30S.",
                "keyward.vault.break.max-pause | x      | must be an ISO-8601 duration longer than zero, for"
                        + " example PT5M.",
                "keyward.vault.cloud         | germany  | must be one of public, china, us-government.",
                "keyward.vault.tenant-id     | a b      | must be the id or the domain of an Entra ID tenant.",
                "keyward.vault.client-id     | ''       | must be the client id of an application or a managed"
                        + " identity.",
                "keyward.vault.token.file    | ''       | must be the path of a file with the token of a"
                        + " Kubernetes service account.",
                "keyward.vault.client-secret.file | ''  | must be the path of a file with the application's"
                        + " secret.",
                "keyward.vault.client-certificate.file | '' | must be the path of a file with the application's"
                        + " certificate and its key, as PEM or PFX.",
                "keyward.vault.client-certificate.password.file | '' | must be the path of a file with the"
                        + " password of the certificate's file.",
                "keyward.vault.allowed-tenants | *,a    | must be ids of Entra ID tenants, separated by commas, or"
                        + " * for all.",
                "keyward.vault.timeout       | PT0S     | must be an ISO-8601 duration longer than zero, for"
                        + " example PT10S.",
                "keyward.vault.emulator      | https://127.0.0.1:8443 | must be an http address of this machine,"
                        + " for example http://127.0.0.1:8443.",
                "keyward.vault.emulator      | http://example.com | must be an http address of this machine, for"
                        + " example http://127.0.0.1:8443.",
                "keyward.kafka.request.timeout.ms       | soon | Kafka refuses it: Not a number of type INT.",
                "keyward.kafka.security.protocol        | TLS  | Kafka refuses it: String must be one of (case"
                        + " insensitive):",
                "keyward.streams.consumer.max.poll.records | 0 | Kafka refuses it: Value must be at least 1.",
                "keyward.http.prt            | 8080     | there is no such setting. Did you mean keyward.http.port?",
                "keyward.strems.num.stream.threads | 2  | there is no such setting. Did you mean keyward.streams.num.stream.threads?",
                "keyward.kafka.              | x        | there is no such setting. The settings are keyward.application.id,",
                "keyward.kafka.securty.protocol | SSL   | no Kafka client reads this setting. Did you mean keyward.kafka.security.protocol?",
                "keyward.kafka.nothing.of.the.kind | x  | no Kafka client reads this setting.",
                "keyward.kafka.num.stream.threads | 2   | no Kafka client reads this setting. Did you mean keyward.streams.num.stream.threads?",
                "keyward.kafka.producer.linger.ms | 5   | no Kafka client reads this setting. Did you mean keyward.streams.producer.linger.ms?",
                "keyward.streams.num.stream.thread | 2  | neither Kafka Streams nor any of its clients reads this setting. Did you mean keyward.streams.num.stream.threads?",
                "keyward.streams.rocksdb.block.cache | x | neither Kafka Streams nor any of its clients reads this setting.",
                "keyward.streams.main.consumer.max.poll.recrods | 5 | neither Kafka Streams nor any of its clients reads this setting. Did you mean keyward.streams.main.consumer.max.poll.records?",
                "keyward.streams.producer.max.poll.records | 5 | neither Kafka Streams nor any of its clients reads this setting.",
                "keyward.streams.consumer.num.stream.threads | 2 | neither Kafka Streams nor any of its clients reads this setting.",
                "keyward.streams.num.stream.threads | 0 | must be a whole number of 1 or more: an instance without stream threads decides nothing.",
                "keyward.streams.topic.cleanup.policy | delete | must be compact: otherwise the broker deletes rows of the state.",
                "keyward.streams.topic.cleanup.policy | compact,delete | must be compact: otherwise the broker deletes rows of the state.",
                "keyward.streams.topic.unclean.leader.election.enable | true | must be false: otherwise rows of the state are lost with a broker.",
                "keyward.streams.topic.max.message.bytes | 1000 | must be 1048588 or more: otherwise the first larger row stops every instance.",
                "keyward.streams.num.stream.threads | -1 | must be a whole number of 1 or more: an instance without stream threads decides nothing.",
                "keyward.http.host.name      | x        | there is no such setting. Did you mean keyward.http.host?",
                "keyward.nothing.of.the.kind | x        | there is no such setting. The settings are keyward.application.id,",
                "keyward.streams.processing.guarantee | at_least_once | it is managed by Keyward, which publishes each decision exactly once; remove it.",
                "keyward.streams.application.id | x     | it is managed by Keyward; set keyward.application.id instead.",
                "keyward.streams.state.dir   | /x       | it is managed by Keyward; set keyward.state.dir instead.",
                "keyward.streams.ensure.explicit.internal.resource.naming | false | it is managed by Keyward, which keeps"
                        + " the names of stores and topics stable; remove it.",
                "keyward.streams.default.key.serde | x  | it is managed by Keyward, which knows the format of every record;"
                        + " remove it.",
                "keyward.streams.processing.exception.handler | x | it is managed by Keyward, which sends refused records"
                        + " to the dead-letters topic; remove it.",
                "keyward.streams.main.consumer.isolation.level | read_uncommitted | it is managed by Keyward, which"
                        + " publishes each decision exactly once; remove it.",
                "keyward.kafka.auto.offset.reset | latest | it is managed by Keyward, which reads every event;"
                        + " remove it.",
                "keyward.kafka.partitioner.class | x    | it is managed by Keyward, which keeps all of a tenant's records"
                        + " on one partition; remove it.",
                "keyward.kafka.sasl.jaas.config.file | /no/such/file | the file cannot be read"
                        + " (java.nio.file.NoSuchFileException: /no/such/file); it must be the path of a file that holds"
                        + " the value of keyward.kafka.sasl.jaas.config."
            })
    void everyBadSettingIsNamedWithItsValueAndWhatItMustBe(String key, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("%s = %s (system property): %s".formatted(key, value, message));
    }

    @Test
    void everyProblemIsListedWithItsSource() throws IOException {
        Path file = file("keyward.http.port=high", "bootstrap.servers=a:9092", "keyward.log.level=DEBUG");
        assertThatThrownBy(() -> KeywardConfig.load(
                        Optional.of(file),
                        Map.of("KEYWARD_HTPP_HOST", "x"),
                        system(Map.of("keyward.state.store", "x"))))
                .hasMessageStartingWith("5 problems with the configuration:")
                .hasMessageContaining("keyward.http.port = high (file %s): ", file)
                .hasMessageContaining(
                        "bootstrap.servers = a:9092 (file %s): there is no such setting. Did you mean"
                                + " keyward.kafka.bootstrap.servers",
                        file)
                .hasMessageContaining("keyward.log.level = DEBUG (file %s): there is no such setting", file)
                .hasMessageContaining(
                        "keyward.htpp.host = x (environment variable KEYWARD_HTPP_HOST): there is no such")
                .hasMessageContaining("keyward.state.store = x (system property): ");
    }

    @Test
    void aFileOfAnotherKindIsNotRepeated() throws IOException {
        Path events = file(
                "{\"topic\":\"policy-removed\",\"value\":{\"tenantId\":\"contoso\"}}",
                "{ \"tenantId\":\"contoso\"}",
                "hunter2 is the password");

        assertThatThrownBy(() -> KeywardConfig.load(Optional.of(events), Map.of(), system(Map.of())))
                .hasMessageStartingWith(
                        "file " + events + ": lines that are not settings: 3. It must be a properties file")
                .hasMessageNotContainingAny("topic", "contoso", "hunter2");

        Path alike = file("{\"topic\":\"a\"}", "{\"topic\":\"b\"}");
        assertThatThrownBy(() -> KeywardConfig.load(Optional.of(alike), Map.of(), system(Map.of())))
                .hasMessageContaining("is this a file of another kind?")
                .hasMessageNotContaining("topic");
    }

    @Test
    void ofManyProblemsTheFirstAreListedAndTheRestCounted() throws IOException {
        Path file = file(IntStream.range(0, 27)
                .mapToObj(number -> "keyward.unknown" + number + " = x")
                .toArray(String[]::new));

        assertThatThrownBy(() -> KeywardConfig.load(Optional.of(file), Map.of(), system(Map.of())))
                .hasMessageStartingWith("27 problems with the configuration:")
                .hasMessageEndingWith("and 7 more");
    }

    @Test
    void aSecretIsTakenFromOnePlaceOnly() throws IOException {
        Map<String, String> both = Map.of(
                "keyward.kafka.ssl.key.password",
                "a",
                "keyward.kafka.ssl.key.password.file",
                file("b").toString());
        assertThatThrownBy(() -> of(both))
                .hasMessageContaining("keyward.kafka.ssl.key.password is set as well; keep one of the two.");
    }

    @Test
    void aFileThatIsMissingOrSetsAKeyTwiceIsRefused() throws IOException {
        Path missing = folder.resolve("missing.properties");
        assertThatThrownBy(() -> KeywardConfig.load(Optional.of(missing), Map.of(), new Properties()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The configuration file " + missing + " cannot be read");
        Path doubled = file("keyward.http.port=1", "keyward.http.port=2");
        assertThatThrownBy(() -> KeywardConfig.load(Optional.of(doubled), Map.of(), new Properties()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sets keyward.http.port more than once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void anEndpointThatOthersReachIsClosedOrDeclaredOpen(String host) {
        assertThatThrownBy(() -> of(Map.of("keyward.http.host", host)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("keyward.http.host = " + host + ": anyone who reaches this address could read")
                .hasMessageContaining("keyward.http.token.file")
                .hasMessageContaining("keyward.http.tls.certificate.file")
                .hasMessageContaining("keyward.http.open = true");
        assertThat(of(Map.of("keyward.http.host", host, "keyward.http.open", "true"))
                        .http()
                        .sendsTokenInClear())
                .isFalse();
        assertThat(of(Map.of("keyward.http.host", host, "keyward.http.token.file", "/http/token"))
                        .http()
                        .sendsTokenInClear())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.9", "::1", "localhost"})
    void onThisMachineAloneTheEndpointNeedsNoToken(String host) {
        assertThat(of(Map.of("keyward.http.host", host)).http().sendsTokenInClear())
                .isFalse();
    }

    @Test
    void aConsoleThatOthersReachIsClosedOrDeclaredOpen() {
        assertThatThrownBy(() -> of(Map.of("keyward.console.host", "0.0.0.0")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "keyward.console.host = 0.0.0.0: anyone who reaches this address could read everything about every tenant.")
                .hasMessageContaining("keyward.console.token.file")
                .hasMessageContaining("keyward.console.tls.certificate.file")
                .hasMessageContaining("keyward.console.open = true");
        assertThat(of(Map.of("keyward.console.host", "0.0.0.0", "keyward.console.token.file", "/console/token"))
                        .http(HttpDefinitions.CONSOLE)
                        .sendsTokenInClear())
                .isTrue();
    }

    @Test
    void aKeyWithoutItsCertificateIsRefused() {
        assertThatThrownBy(() -> of(Map.of("keyward.http.tls.key.file", "/tls/tls.key")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("keyward.http.tls.certificate.file is missing: ");
    }

    @Test
    void withoutAClusterTheSandboxIsMeant() {
        KeywardConfig sandbox = of(Map.of()).orSandbox(SandboxAddresses.startingAt(19_092));
        assertThat(sandbox.kafka().values()).containsExactly(Map.entry("bootstrap.servers", "127.0.0.1:19092"));
        assertThat(sandbox.registry().values()).containsExactly(Map.entry("url", "http://127.0.0.1:19093"));
        assertThat(sandbox.find(RuleSettings.EVIDENCE))
                .as("as the sandbox decides")
                .contains(RuleProfile.Evidence.REPORT);
        assertThat(of(Map.of("keyward.rules.evidence", "ignore"))
                        .orSandbox(SandboxAddresses.DEFAULT)
                        .find(RuleSettings.EVIDENCE))
                .contains(RuleProfile.Evidence.IGNORE);

        KeywardConfig elsewhere = of(Map.of("keyward.kafka.bootstrap.servers", "a:9092"));
        assertThat(elsewhere.orSandbox(SandboxAddresses.DEFAULT)).isEqualTo(elsewhere);
    }

    @Test
    void theSandboxHasTheAddressesOfTheContract() {
        assertThat(SandboxAddresses.DEFAULT)
                .hasToString("SandboxAddresses[kafkaPort=9092, registry=http://127.0.0.1:8081,"
                        + " http=http://127.0.0.1:8080, vault=http://127.0.0.1:8443, console=http://127.0.0.1:8090,"
                        + " intake=http://127.0.0.1:8100, intakeHttp=http://127.0.0.1:8101]");
        assertThat(SandboxAddresses.startingAt(100))
                .hasToString("SandboxAddresses[kafkaPort=100, registry=http://127.0.0.1:101,"
                        + " http=http://127.0.0.1:102, vault=http://127.0.0.1:103, console=http://127.0.0.1:104,"
                        + " intake=http://127.0.0.1:105, intakeHttp=http://127.0.0.1:106]");
        assertThatThrownBy(() -> SandboxAddresses.startingAt(65_530))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--port-base = 65530: must be a port number from 1 to 65529");
    }

    @Test
    void runNeedsABrokerARegistryAndAFolderForItsState() {
        assertThatThrownBy(() -> of(Map.of()).forRun())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.kafka.bootstrap.servers is required; it must be ")
                .hasMessageContaining("KEYWARD_KAFKA_BOOTSTRAP_SERVERS")
                .hasMessageContaining("keyward.registry.url is required; it must be ")
                .hasMessageContaining("keyward.state.dir is required; it must be ");
        KeywardConfig complete = of(complete("/var/lib/keyward"));
        assertThat(complete.forRun()).isSameAs(complete);
    }

    @Test
    void theConsoleNeedsABrokerARegistryAndAFolderOfItsOwn() {
        assertThatThrownBy(() -> of(Map.of()).forConsole())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.kafka.bootstrap.servers is required; it must be ")
                .hasMessageContaining("keyward.registry.url is required; it must be ")
                .hasMessageContaining("keyward.console.state.dir is required; it must be ")
                .hasMessageNotContaining("keyward.state.dir is required");
        Map<String, String> complete = new HashMap<>(complete("/var/lib/keyward"));
        complete.put("keyward.console.state.dir", "/var/lib/keyward");
        assertThatThrownBy(() -> of(complete).forConsole())
                .hasMessageContaining("keyward.console.state.dir = /var/lib/keyward: this is also keyward.state.dir");
        complete.put("keyward.console.state.dir", "/tmp/console");
        assertThatThrownBy(() -> of(complete).forConsole())
                .hasMessageContaining(
                        "keyward.console.state.dir = /tmp/console: it lies in a folder for temporary files");
        complete.put("keyward.console.state.dir", "/var/lib/keyward-console");
        assertThat(of(complete).forConsole()).isEqualTo(of(complete));
    }

    @Test
    void theIntakeNeedsABrokerARegistryAndSecrets() {
        assertThatThrownBy(() -> of(Map.of()).forIntake())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.kafka.bootstrap.servers is required; it must be ")
                .hasMessageContaining("keyward.registry.url is required; it must be ")
                .hasMessageContaining("keyward.intake.secrets.dir is required; it must be the path of a folder")
                .hasMessageNotContaining("state.dir");
        Map<String, String> complete = new HashMap<>(complete("/var/lib/keyward"));
        complete.remove("keyward.state.dir");
        assertThat(IntakeSettings.areIn(of(complete))).isFalse();
        complete.put("keyward.intake.secrets.dir", "/intake");
        assertThat(IntakeSettings.areIn(of(complete))).isTrue();
        assertThat(of(complete).forIntake()).isEqualTo(of(complete));
    }

    @Test
    void webhooksNeedNoTokenForTheEndpointSinceEachTenantHasASecret() {
        assertThatCode(() -> of(Map.of("keyward.intake.http.host", "0.0.0.0"))).doesNotThrowAnyException();
    }

    @Test
    void whoWatchesKeysMustSayWhoTheyAre() {
        Map<String, String> watching = new HashMap<>(complete("/var/lib/keyward"));
        watching.put("keyward.vault.credential", "client-secret");
        assertThatCode(() -> of(watching).forRun()).doesNotThrowAnyException();
        watching.put("keyward.vault.watch", "true");
        assertThatThrownBy(() -> of(watching).forRun())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "keyward.vault.tenant-id", "keyward.vault.client-id", "keyward.vault.client-secret.file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyward.streams.max.poll.interval.ms",
                "keyward.streams.consumer.max.poll.interval.ms",
                "keyward.streams.main.consumer.max.poll.interval.ms",
                "keyward.kafka.max.poll.interval.ms"
            })
    void aThreadThatKafkaTakesToBeAtWorkIsNotTakenToHang(String key) {
        Map<String, String> settings = new HashMap<>(complete("/var/lib/keyward"));
        settings.put(key, "899999");
        assertThatCode(() -> of(settings).forRun()).doesNotThrowAnyException();
        settings.put(key, "900000");
        assertThatThrownBy(() -> of(settings).forRun())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "keyward.health.stalled-after = PT15M: Kafka lets a stream thread work for PT15M (keyward.streams.max.poll.interval.ms); it must be more than that.");
    }

    @Test
    void theRegistryClientRefusesUnderOurNames() {
        assertThatThrownBy(() -> of(Map.of()).registrySettings())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.registry.url is required");
        assertThatThrownBy(
                        () -> of(Map.of("keyward.registry.url", "http://a:8081", "keyward.registry.max.retries", "x"))
                                .registrySettings())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("keyward.registry.*: max.retries=x: ");
        assertThat(of(complete("/var/lib/keyward"))
                        .registrySettings()
                        .connection()
                        .urls())
                .containsExactly(URI.create("http://a:8081"));
    }

    @Test
    void theRegistryClientGetsWhatTheFilesOfItsCredentialsHoldByThen(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "old");
        RegistrySettings settings = of(Map.of(
                        "keyward.registry.url", "http://a:8081",
                        "keyward.registry.bearer.auth.credentials.source", "STATIC_TOKEN",
                        "keyward.registry.bearer.auth.token.file", token.toString()))
                .registrySettings();
        Supplier<Connection> renewed = settings.renewed().orElseThrow();
        assertThat(renewed.get()).isEqualTo(settings.connection());
        Files.writeString(token, "new\n");
        assertThat(renewed.get().headers()).containsEntry("Authorization", "Bearer new");
        Files.delete(token);
        assertThatThrownBy(renewed::get).hasMessageContaining(token.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp", "/tmp/keyward", "/var/tmp/keyward", "/var/lib/../../tmp/keyward"})
    void runKeepsNoStateWhereTheSystemMayDeleteIt(String dir) {
        assertThatThrownBy(() -> of(complete(dir)).forRun())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.state.dir = " + dir)
                .hasMessageContaining("temporary files");
    }

    @Test
    void whatIsDescribedCanBeReadBack() throws IOException {
        KeywardConfig config = of(complete("/var/lib/keyward"));
        assertThat(KeywardConfig.load(Optional.of(file(config.describe())), Map.of(), new Properties()))
                .isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource({"256 MiB, 268435456", "256m, 268435456", "268435456, 268435456", "2GiB, 2147483648", "16384 k, 16777216"
    })
    void memoryIsReadInBinaryUnits(String text, long bytes) {
        assertThat(StateSettings.MemorySize.parse(text).bytes()).isEqualTo(bytes);
    }

    private static Map<String, String> complete(String stateDir) {
        return Map.of(
                "keyward.kafka.bootstrap.servers", "a:9092",
                "keyward.registry.url", "http://a:8081",
                "keyward.state.dir", stateDir);
    }

    private static KeywardConfig of(Map<String, String> settings) {
        return KeywardConfig.load(Optional.empty(), Map.of(), system(settings));
    }

    private static Properties system(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("java.version", "25");
        properties.put("keyward.log.level", "DEBUG");
        return properties;
    }

    private static Map<String, String> asVariables(Map<String, String> settings) {
        Map<String, String> variables = new HashMap<>();
        settings.forEach((key, value) -> variables.put(KafkaDefinitions.variable(key), value));
        return variables;
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(Files.createTempFile(folder, "keyward", ".properties"), Arrays.asList(lines));
    }
}
