package io.keyward.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.vault.AzureIdentity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultAccessTest {
    @Test
    void withoutSettingsItIsTheIdentityOfTheWorkload() {
        assertThat(access(Map.of()).azure().identity())
                .isEqualTo(new AzureIdentity.WorkloadIdentity(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void eachCredentialTakesWhatIsItsOwn() {
        Map<String, String> all = Map.of(
                "keyward.vault.tenant-id", "t",
                "keyward.vault.client-id", "c",
                "keyward.vault.token.file", "token",
                "keyward.vault.client-secret.file", "secret",
                "keyward.vault.client-certificate.file", "certificate",
                "keyward.vault.client-certificate.password.file", "password",
                "keyward.vault.emulator", "http://127.0.0.1:1");
        assertThat(identity(all, "workload-identity"))
                .isEqualTo(new AzureIdentity.WorkloadIdentity(
                        Optional.of("t"), Optional.of("c"), Optional.of(Path.of("token"))));
        assertThat(identity(all, "managed-identity")).isEqualTo(new AzureIdentity.ManagedIdentity(Optional.of("c")));
        assertThat(identity(all, "client-secret"))
                .isEqualTo(new AzureIdentity.ClientSecret("t", "c", Path.of("secret")));
        assertThat(identity(all, "client-certificate"))
                .isEqualTo(new AzureIdentity.ClientCertificate(
                        "t", "c", Path.of("certificate"), Optional.of(Path.of("password"))));
        assertThat(identity(all, "emulated")).isEqualTo(new AzureIdentity.Emulated());
    }

    @ParameterizedTest
    @CsvSource({
        "client-secret, keyward.vault.tenant-id keyward.vault.client-id keyward.vault.client-secret.file",
        "client-certificate, keyward.vault.tenant-id keyward.vault.client-id keyward.vault.client-certificate.file",
        "emulated, keyward.vault.emulator"
    })
    void whatACredentialLacksIsNamed(String credential, String lacking) {
        VaultAccess access = access(Map.of("keyward.vault.credential", credential));
        assertThatThrownBy(access::azure)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(lacking.split(" "))
                .hasMessageContaining("keyward.vault.credential = " + credential);
    }

    @Test
    void whatIsNoCredentialMayBeASecretInTheWrongPlace() {
        assertThatThrownBy(() -> load(Map.of("keyward.vault.credential", "pa55word")))
                .hasMessageContaining("keyward.vault.credential = [hidden]")
                .hasMessageContaining("accepted is workload-identity or managed-identity or client-secret or")
                .hasMessageNotContaining("pa55word");
    }

    @Test
    void itIsDescribedAsItIsConfigured() {
        Map<String, String> given = Map.of(
                "keyward.vault.credential", "client-secret",
                "keyward.vault.tenant-id", "t",
                "keyward.vault.client-secret.file", "/secret",
                "keyward.vault.allowed-tenants", "a,b",
                "keyward.vault.emulator", "http://127.0.0.1:1");
        assertThat(load(given).describe().lines())
                .containsAll(given.entrySet().stream()
                        .map(line -> line.getKey() + " = " + line.getValue())
                        .toList());
    }

    private static AzureIdentity identity(Map<String, String> all, String credential) {
        Map<String, String> settings = new HashMap<>(all);
        settings.put("keyward.vault.credential", credential);
        return access(settings).azure().identity();
    }

    private static VaultAccess access(Map<String, String> settings) {
        return load(settings).vault().access();
    }

    private static KeywardConfig load(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }
}
