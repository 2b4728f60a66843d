package io.keyward.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keyward.registry.client.SerializerSettings.Choice;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {
    private static RegistrySettings with(Object... settings) {
        Map<String, Object> names = new HashMap<>(Map.of("schema.registry.url", "http://r:8081"));
        for (int i = 0; i < settings.length; i += 2) {
            names.put((String) settings[i], settings[i + 1]);
        }
        return RegistrySettings.of(names);
    }

    @Test
    void theUrlIsAllThatIsNeeded() {
        RegistrySettings defaults = with();

        assertThat(defaults.connection().urls()).containsExactly(URI.create("http://r:8081"));
        assertThat(defaults.connection().headers()).isEmpty();
        assertThat(defaults.connection().timeouts())
                .isEqualTo(new Connection.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10)));
        assertThat(defaults.retry())
                .isEqualTo(new RetryPolicy(30, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(1)));
        assertThat(defaults.cache()).isEqualTo(new CacheLimits(Duration.ofSeconds(10), CacheLimits.FOREVER, 1_000));
        assertThat(defaults.serializer()).isEqualTo(SerializerSettings.DEFAULT);
    }

    @Test
    void everyNameIsHeard() {
        RegistrySettings settings = RegistrySettings.of(Map.ofEntries(
                Map.entry("url", "https://a/base/, https://b"),
                Map.entry("http.connect.timeout.ms", 1),
                Map.entry("http.read.timeout.ms", "2"),
                Map.entry("max.retries", "3"),
                Map.entry("retries.wait.ms", "4"),
                Map.entry("retries.max.wait.ms", "5"),
                Map.entry("retries.deadline.ms", "6"),
                Map.entry("missing.id.cache.ttl.sec", "7"),
                Map.entry("latest.cache.ttl.sec", "60"),
                Map.entry("request.header.X-Tenant", "us"),
                Map.entry("proxy.host", "proxy"),
                Map.entry("proxy.port", "3128"),
                Map.entry("max.schemas.per.subject", "8"),
                Map.entry("auto.register.schemas", "false"),
                Map.entry("use.latest.version", false),
                Map.entry("latest.compatibility.strict", "false"),
                Map.entry("normalize.schemas", "TRUE"),
                Map.entry("avro.remove.java.properties", "false"),
                Map.entry("key.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy"),
                Map.entry("value.subject.name.strategy", "TopicRecordNameStrategy"),
                Map.entry("basic.auth.credentials.source", "USER_INFO"),
                Map.entry("schema.registry.basic.auth.user.info", new Password("u:p")),
                Map.entry("schema.registry.ssl.truststore.location", "/t.p12")));

        assertThat(settings)
                .isEqualTo(new RegistrySettings(
                        new Connection(
                                List.of(URI.create("https://a/base"), URI.create("https://b")),
                                Map.of("X-Tenant", "us", "Authorization", "Basic dTpw"),
                                new TlsSettings(Map.of("ssl.truststore.location", "/t.p12")),
                                Optional.of(InetSocketAddress.createUnresolved("proxy", 3128)),
                                new Connection.Timeouts(Duration.ofMillis(1), Duration.ofMillis(2))),
                        new RetryPolicy(3, Duration.ofMillis(4), Duration.ofMillis(5), Duration.ofMillis(6)),
                        new CacheLimits(Duration.ofSeconds(7), Duration.ofSeconds(60), 8),
                        new SerializerSettings(
                                Choice.LOOK_UP,
                                false,
                                true,
                                true,
                                SubjectNameStrategy.RECORD,
                                SubjectNameStrategy.TOPIC_RECORD)));
    }

    @Test
    void theLatestVersionIsChosenInsteadOfRegistering() {
        assertThat(with("use.latest.version", "true").serializer().choice()).isEqualTo(Choice.LATEST);
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.url, ftp://r, http://host:8081",
        "schema.registry.url, r:8081, http://host:8081",
        "schema.registry.url, ' , ', missing",
        "max.retries, many, 0 or more",
        "max.retries, -1, 0 or more",
        "auto.register.schemas, yes, true or false",
        "value.subject.name.strategy, com.example.Mine, TopicNameStrategy",
        "basic.auth.credentials.source, SASL_INHERIT, USER_INFO",
        "basic.auth.credentials.source, USER_INFO, basic.auth.user.info is missing",
        "bearer.auth.credentials.source, OAUTHBEARER, STATIC_TOKEN",
        "bearer.auth.credentials.source, STATIC_TOKEN, bearer.auth.token is missing",
        "basic.auth.user.info, u:p, basic.auth.credentials.source=USER_INFO",
        "bearer.auth.token, t, bearer.auth.credentials.source=STATIC_TOKEN",
        "latest.cache.ttl.sec, -2, 0 or more",
        "proxy.host, p, both or neither",
        "proxy.port, 70000, 65535",
        "request.header.Host, h, a header that a client may set",
        "auto.registre.schemas, true, auto.register.schemas"
    })
    void aBadValueIsNamedWithWhatIsAccepted(String name, String value, String accepted) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(name, value))
                .withMessageContainingAll(name, accepted);
    }

    /// Settings of Confluent's clients since version 8 that this client does not support.
    @ParameterizedTest
    @CsvSource({
        "schema.registry.url.randomize, true, in the given order",
        "latest.cache.size, 10, max.schemas.per.subject",
        "missing.cache.size, 10, max.schemas.per.subject",
        "missing.schema.cache.ttl.sec, 10, never cached",
        "missing.version.cache.ttl.sec, 10, never cached",
        "use.apache.http.client, true, JDK",
        "propagate.schema.tags, true, keyward.registry.serde",
        "use.schema.id, 7, use.latest.version",
        "use.schema.guid, g, use.latest.version",
        "use.latest.with.metadata, a=b, keyward.registry.serde",
        "id.compatibility.strict, false, id",
        "schema.format, resolved, Avro",
        "schema.reflection, true, generated classes",
        "avro.reflection.allow.null, true, generated classes",
        "avro.use.logical.type.converters, false, instants",
        "avro.fail.on.trailing.data, false, always refused",
        "specific.avro.reader, false, generated classes",
        "specific.avro.value.type, com.example.Mine, topic",
        "context.name.strategy, com.example.Mine, default context",
        "value.schema.id.serializer, io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer, every reader",
        "value.schema.id.deserializer, com.example.Mine, headers",
        "bearer.auth.client.secret, geheim, static token",
        "bearer.auth.custom.provider.class, com.example.Mine, static token",
        "execution.environment, CLIENT, not run",
        "rule.executors, a, not run",
        "validation.rules.execution, READ, not run"
    })
    void whatCannotBeFollowedIsRefusedWithTheReason(String name, String value, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(name, value))
                .withMessageContainingAll(name.replace("schema.registry.", ""), "is not supported", reason)
                .withMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.url.randomize, false",
        "missing.schema.cache.ttl.sec, 0",
        "use.schema.id, -1",
        "avro.fail.on.trailing.data, TRUE",
        "specific.avro.reader, true",
        "value.schema.id.deserializer, io.confluent.kafka.serializers.schema.id.DualSchemaIdDeserializer"
    })
    void whatIsDoneAnywayMayBeSaid(String name, String value) {
        assertThat(with(name, value)).isEqualTo(with());
    }

    @Test
    void latestAndRegisteringExcludeEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("use.latest.version", "true", "auto.register.schemas", "true"))
                .withMessageContaining("exclude");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(with("schema.registry.url", "http://user:geheim@r"))
                .asString()
                .doesNotContain("geheim");
        assertThat(with("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:geheim"))
                .asString()
                .doesNotContain("geheim");
        assertThat(with("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "geheim"))
                .asString()
                .doesNotContain("geheim");
        assertThat(with("schema.registry.ssl.key.password", "geheim"))
                .asString()
                .doesNotContain("geheim");
        assertThat(with("request.header.X-Api-Key", "geheim")).asString().doesNotContain("geheim");
    }

    @Test
    void aTrustStoreThatCannotBeUsedIsNamed() {
        RegistrySettings settings = with("schema.registry.ssl.truststore.location", "/no/such/file");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpSchemaRegistry(settings, new RegistryHealth()))
                .withMessageContaining("schema.registry.ssl");
    }
}
