package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditSourceTest {
    private static final String SERVERS = "127.0.0.1:1";

    @Test
    void givenSettingsGoOverTheDefaultsButNotOverWhatIsFixed() {
        assertThat(source(Map.of("group.id", "mine", "enable.auto.commit", "true"))
                        .settings())
                .contains(
                        entry("bootstrap.servers", SERVERS),
                        entry("group.id", "mine"),
                        entry("enable.auto.commit", false),
                        entry("auto.offset.reset", "earliest"),
                        entry("client.id", "keyward-intake-audit"));
        assertThat(source(Map.of()).settings()).containsEntry("group.id", "keyward-intake-audit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "hunter2 required username=\"u\" password=\"p\";",
                "org.apache.kafka.common.security.plain.PlainLoginModule hunter2 username=\"u\";",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" hunter2;",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=hunter2"
            })
    void noSecretIsShownOfABadLogin(String login) {
        AuditSource source = source(
                Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", login));
        assertThat(source.problem(Duration.ofMillis(100)).orElseThrow()).doesNotContain("hunter2");
        assertThat(source.toString()).doesNotContain("hunter2");
    }

    @Test
    void anEventHubThatDoesNotAnswerIsAProblem() {
        assertThat(source(Map.of()).problem(Duration.ofMillis(100))).isNotEmpty();
    }

    @Test
    void failuresAreExplained() {
        assertThat(AuditSource.explain(new SaslAuthenticationException("Unauthorized access.")))
                .isEqualTo("It refuses the credentials: Unauthorized access.");
        assertThat(AuditSource.explain(new TopicAuthorizationException("Not authorized to access topics: [audit]")))
                .startsWith("It may not be read: ")
                .contains("audit");
    }

    private static AuditSource source(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", SERVERS));
        settings.putAll(more);
        return new AuditSource(new TenantId("contoso"), "audit", settings);
    }
}
