package io.keyward.vault;

import static io.keyward.vault.EmulatedAzure.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.models.DeletedKey;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The real SDK sees what the owner of an emulated vault does.
class EmulatorTest {
    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    private final EmulatedAzure azure = new EmulatedAzure(Duration.ofMinutes(5));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AzureClients clients = new AzureClients(azure.emulator.access(Duration.ofMinutes(5)), threads);
    private final KeyClient client = clients.keys("https://" + azure.host);

    @AfterEach
    void stop() {
        azure.close();
        threads.shutdownNow();
    }

    @Test
    void rotationMakesANewVersionAndLeavesTheOldOneUsable() {
        KeyVaultKey first = client.getKey("data");
        byte[] wrapped = wrap(first);
        azure.vaults().rotate(azure.host, "data");
        KeyVaultKey second = client.getKey("data");
        assertThat(second.getId()).isNotEqualTo(first.getId());
        assertThat(second.getKey().getN()).isNotEqualTo(first.getKey().getN());
        assertThat(unwrap(first, wrapped)).isEqualTo(SECRET);
        assertRefused(400, () -> unwrap(second, wrapped));
    }

    @Test
    void aDisabledVersionNeitherWrapsNorUnwrapsUntilItIsEnabled() {
        KeyVaultKey key = client.getKey("data");
        byte[] wrapped = wrap(key);
        azure.vaults().setEnabled(azure.host, "data", false);
        assertThat(client.getKey("data").getProperties().isEnabled()).isFalse();
        assertRefused(403, () -> wrap(key));
        assertRefused(403, () -> unwrap(key, wrapped));
        azure.vaults().setEnabled(azure.host, "data", true);
        assertThat(unwrap(key, wrapped)).isEqualTo(SECRET);
    }

    @Test
    void anExpiredVersionStillUnwraps() {
        KeyVaultKey key = client.getKey("data");
        byte[] wrapped = wrap(key);
        azure.emulator.setDates(azure.host, "data", Optional.empty(), Optional.of(NOW));
        assertRefused(403, () -> wrap(key));
        assertThat(unwrap(key, wrapped)).isEqualTo(SECRET);
    }

    @Test
    void aDeletedKeyIsRecoveredWithItsVersions() {
        String id = client.getKey("data").getId();
        azure.vaults().delete(azure.host, "data");
        DeletedKey deleted = client.getDeletedKey("data");
        assertThat(deleted.getScheduledPurgeDate().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertRefused(404, () -> client.getKey("data"));
        assertThatThrownBy(() -> azure.vaults().create(azure.host, "data", NewKey.of(KeyKind.RSA_2048)))
                .hasMessageContaining("is deleted but recoverable");
        azure.vaults().recover(azure.host, "data");
        assertThat(client.getKey("data").getId()).isEqualTo(id);
    }

    @Test
    void vaultsOnOnePortAreApart() {
        String host = azure.another("other");
        azure.vaults().open(host, azure.tenant, false);
        assertRefused(404, () -> clients.keys("https://" + host).getKey("data"));
        assertThat(client.getKey("DATA").getName()).isEqualTo("data");
    }

    private byte[] wrap(KeyVaultKey key) {
        return clients.cryptography(key.getId())
                .wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, SECRET)
                .getEncryptedKey();
    }

    private byte[] unwrap(KeyVaultKey key, byte[] wrapped) {
        return clients.cryptography(key.getId())
                .unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped)
                .getKey();
    }

    private static void assertRefused(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HttpResponseException.class,
                        refused -> assertThat(refused.getResponse().getStatusCode())
                                .isEqualTo(status));
    }
}
