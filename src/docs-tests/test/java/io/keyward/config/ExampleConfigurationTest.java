package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.run.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ExampleConfigurationTest {
    private static final Path EXAMPLE = Path.of("deploy", "keyward.properties.example");

    /// Optional settings without a default are commented out, with an example.
    private static final Set<String> EXAMPLES = Set.of(
            "keyward.state.dir = /var/lib/keyward",
            "# keyward.http.tls.certificate.file = /etc/keyward/tls/tls.crt",
            "# keyward.http.tls.key.file = /etc/keyward/tls/tls.key",
            "# keyward.http.probe-port = 8086",
            "# keyward.http.tls.password.file = /etc/keyward/tls/password",
            "# keyward.http.token.file = /etc/keyward/http/token",
            "# keyward.console.state.dir = /var/lib/keyward-console",
            "# keyward.console.vault.link = https://portal.azure.com/#asset/Microsoft_Azure_KeyVault/Key/https://{vault}/keys/{key}",
            "# keyward.console.tls.certificate.file = /etc/keyward/console-tls/tls.crt",
            "# keyward.console.tls.key.file = /etc/keyward/console-tls/tls.key",
            "# keyward.console.tls.password.file = /etc/keyward/console-tls/password",
            "# keyward.console.token.file = /etc/keyward/console/token",
            "# keyward.console.oidc.issuer = https://login.example/realms/platform",
            "# keyward.console.oidc.audience = keyward",
            "# keyward.console.address = https://keyward.example",
            "# keyward.console.oidc.client-id = keyward-console",
            "# keyward.console.oidc.client-secret.file = /etc/keyward/oidc/client-secret",
            "# keyward.console.session.key.file = /etc/keyward/console/session-key",
            "# keyward.intake.secrets.dir = /etc/keyward/secrets",
            "# keyward.intake.http.tls.certificate.file = /etc/keyward/intake-tls/tls.crt",
            "# keyward.intake.http.tls.key.file = /etc/keyward/intake-tls/tls.key",
            "# keyward.intake.http.tls.password.file = /etc/keyward/intake-tls/password",
            "# keyward.vault.tenant-id = 00000000-0000-0000-0000-000000000000",
            "# keyward.vault.client-id = 00000000-0000-0000-0000-000000000000",
            "# keyward.vault.token.file = /var/run/secrets/azure/tokens/azure-identity-token",
            "# keyward.vault.client-secret.file = /etc/keyward/vault/client-secret",
            "# keyward.vault.client-certificate.file = /etc/keyward/vault/client.pem",
            "# keyward.vault.client-certificate.password.file = /etc/keyward/vault/password",
            "# keyward.vault.allowed-tenants = *",
            "# keyward.rules.evidence = ignore",
            "# keyward.vault.emulator = http://127.0.0.1:8443");

    @Test
    void theExampleIsCompleteForRun() {
        assertThat(KeywardConfig.load(Optional.of(EXAMPLE), Map.of(), new Properties())
                        .forRun()
                        .find(StateSettings.DIR))
                .contains(Path.of("/var/lib/keyward"));
    }

    @ParameterizedTest
    @FieldSource("io.keyward.config.KeywardConfig#ALL")
    void everySettingStandsInItWithItsDefault(Setting<?> setting) throws IOException {
        String line = setting.defaultText()
                .map(standard -> "# " + setting.key() + " = " + standard)
                .orElseGet(() -> example(setting.key()));
        assertThat(Files.readAllLines(EXAMPLE)).contains(line);
    }

    private static String example(String key) {
        return EXAMPLES.stream()
                .filter(line -> line.contains(key + " = "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsCommentedOutIsTheDefaultAndAcceptedWhenItIsNot(@TempDir Path folder) throws IOException {
        Path all = Files.writeString(
                folder.resolve("all.properties"),
                Files.readString(EXAMPLE).replaceAll("(?m)^# (keyward\\.[a-z.-]+ = )", "$1"));
        KeywardConfig written = KeywardConfig.load(Optional.of(all), Map.of(), new Properties());
        KeywardConfig left = KeywardConfig.load(Optional.of(EXAMPLE), Map.of(), new Properties());
        assertThat(KeywardConfig.ALL)
                .filteredOn(setting -> setting.defaultText().isPresent())
                .allSatisfy(setting -> assertThat(written.find(setting)).isEqualTo(left.find(setting)));
        assertThat(Instance.profile(written.rules())).isEqualTo(Instance.profile(left.rules()));
    }
}
