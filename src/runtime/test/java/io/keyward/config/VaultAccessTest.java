package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VaultAccessTest {
    @Test
    void withoutSettingsItIsTheIdentityOfTheWorkload() {
        VaultAccess access = access(Map.of()).complete();
        assertThat(access.credential()).isEqualTo(VaultAccess.Credential.WORKLOAD_IDENTITY);
        assertThat(access.find(VaultAccess.TENANT_ID)).isEmpty();
        assertThat(access.find(VaultAccess.CLIENT_ID)).isEmpty();
        assertThat(access.find(VaultAccess.TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aCredentialIsCompleteWithWhatItNeeds(VaultAccess.Credential credential) {
        VaultAccess access = access(Map.of(
                        "keyward.vault.credential", Parsers.text(credential),
                        "keyward.vault.tenant-id", "t",
                        "keyward.vault.client-id", "c",
                        "keyward.vault.token.file", "token",
                        "keyward.vault.client-secret.file", "secret",
                        "keyward.vault.client-certificate.file", "certificate",
                        "keyward.vault.client-certificate.password.file", "password",
                        "keyward.vault.emulator", "http://127.0.0.1:1"))
                .complete();
        assertThat(access.credential()).isEqualTo(credential);
        assertThat(access.find(VaultAccess.TENANT_ID)).contains("t");
        assertThat(access.find(VaultAccess.CLIENT_ID)).contains("c");
        assertThat(access.find(VaultAccess.TOKEN)).contains(Path.of("token"));
        assertThat(access.find(VaultAccess.SECRET)).contains(Path.of("secret"));
        assertThat(access.find(VaultAccess.CERTIFICATE)).contains(Path.of("certificate"));
        assertThat(access.find(VaultAccess.CERTIFICATE_PASSWORD)).contains(Path.of("password"));
    }

    @ParameterizedTest
    @CsvSource({
        "client-secret, keyward.vault.tenant-id keyward.vault.client-id keyward.vault.client-secret.file",
        "client-certificate, keyward.vault.tenant-id keyward.vault.client-id keyward.vault.client-certificate.file",
        "emulated, keyward.vault.emulator"
    })
    void whatACredentialLacksIsNamed(String credential, String lacking) {
        VaultAccess access = access(Map.of("keyward.vault.credential", credential));
        assertThatThrownBy(access::complete)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(lacking.split(" "))
                .hasMessageContaining("keyward.vault.credential = " + credential);
    }

    @Test
    void anInvalidCredentialMayBeASecretInTheWrongSetting() {
        assertThatThrownBy(() -> load(Map.of("keyward.vault.credential", "pa55word")))
                .hasMessageContaining("keyward.vault.credential = [hidden]")
                .hasMessageContaining("must be one of workload-identity, managed-identity, client-secret,")
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

    private static VaultAccess access(Map<String, String> settings) {
        return new VaultAccess(load(settings).values());
    }

    private static KeywardConfig load(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }
}
