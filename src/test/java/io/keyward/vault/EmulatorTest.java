package io.keyward.vault;

import static io.keyward.vault.EmulatedAzure.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.DeletedKey;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.keyward.sandbox.vault.Emulation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real SDK, as a vault's owner uses it, works with the emulator.
class EmulatorTest {
    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    private final EmulatedAzure azure = new EmulatedAzure(Duration.ofSeconds(20));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder;

    private AzureClients clients;
    private KeyClient owner;

    @BeforeEach
    void own() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "anything");
        clients = new AzureClients(
                new AzureSettings(
                        AzureCloud.PUBLIC,
                        new AzureIdentity.ClientSecret(azure.tenant, Emulation.OWNER, secret),
                        List.of(),
                        Duration.ofSeconds(20),
                        Optional.of(azure.emulator.url())),
                threads);
        owner = clients.keys("https://" + azure.host);
    }

    @AfterEach
    void stop() {
        azure.close();
        threads.shutdownNow();
    }

    @Test
    void aKeyIsMadeAsItIsAskedFor() {
        owner.createRsaKey(new CreateRsaKeyOptions("made")
                .setKeySize(3072)
                .setHardwareProtected(true)
                .setKeyOperations(KeyOperation.WRAP_KEY)
                .setNotBefore(NOW.minusSeconds(9).atOffset(ZoneOffset.UTC))
                .setExpiresOn(NOW.plusSeconds(9).atOffset(ZoneOffset.UTC))
                .setEnabled(false));
        KeyVaultKey made = owner.getKey("made");
        assertThat(made.getKeyType()).isEqualTo(KeyType.RSA_HSM);
        assertThat(made.getKey().getN()).hasSize(384);
        assertThat(made.getKeyOperations()).containsExactly(KeyOperation.WRAP_KEY);
        assertThat(made.getProperties().isEnabled()).isFalse();
        assertThat(made.getProperties().getNotBefore())
                .isEqualTo(NOW.minusSeconds(9).atOffset(ZoneOffset.UTC));
        assertThat(made.getProperties().getExpiresOn())
                .isEqualTo(NOW.plusSeconds(9).atOffset(ZoneOffset.UTC));
        assertThat(made.getProperties().getRecoveryLevel()).isEqualTo("Recoverable+Purgeable");
        assertThat(owner.createEcKey(new CreateEcKeyOptions("curved")).getKeyType())
                .isEqualTo(KeyType.EC);
    }

    @Test
    void rotationMakesANewVersionAndLeavesTheOldOneUsable() {
        KeyVaultKey first = owner.getKey("data");
        byte[] wrapped = wrap(first);
        KeyVaultKey second = owner.rotateKey("data");
        assertThat(owner.getKey("data").getId()).isEqualTo(second.getId()).isNotEqualTo(first.getId());
        assertThat(second.getKey().getN()).isNotEqualTo(first.getKey().getN());
        assertThat(unwrap(first, wrapped)).isEqualTo(SECRET);
        assertRefused(400, () -> unwrap(second, wrapped));
    }

    @Test
    void aDisabledVersionNeitherWrapsNorUnwrapsUntilItIsEnabled() {
        KeyVaultKey key = owner.getKey("data");
        byte[] wrapped = wrap(key);
        owner.updateKeyProperties(key.getProperties().setEnabled(false));
        assertThat(owner.getKey("data").getProperties().isEnabled()).isFalse();
        assertRefused(403, () -> wrap(key));
        assertRefused(403, () -> unwrap(key, wrapped));
        owner.updateKeyProperties(key.getProperties().setEnabled(true));
        assertThat(unwrap(key, wrapped)).isEqualTo(SECRET);
    }

    @Test
    void anExpiredVersionStillUnwraps() {
        KeyVaultKey key = owner.getKey("data");
        byte[] wrapped = wrap(key);
        owner.updateKeyProperties(key.getProperties().setExpiresOn(NOW.atOffset(ZoneOffset.UTC)));
        assertRefused(403, () -> wrap(key));
        assertThat(unwrap(key, wrapped)).isEqualTo(SECRET);
    }

    @Test
    void aDeletedKeyIsRecoveredWithItsVersions() {
        String id = owner.getKey("data").getId();
        DeletedKey deleted = owner.beginDeleteKey("data").waitForCompletion().getValue();
        assertThat(deleted.getScheduledPurgeDate().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertRefused(404, () -> owner.getKey("data"));
        assertRefused(409, () -> owner.createRsaKey(new CreateRsaKeyOptions("data")));
        owner.beginRecoverDeletedKey("data").waitForCompletion();
        assertThat(owner.getKey("data").getId()).isEqualTo(id);
    }

    @Test
    void aPurgedKeyIsGoneUnlessItsVaultProtectsIt() {
        owner.beginDeleteKey("data").waitForCompletion();
        owner.purgeDeletedKey("data");
        assertRefused(404, () -> owner.getDeletedKey("data"));

        String host = azure.another("kept");
        azure.vaults().open(host, azure.tenant, true);
        KeyClient kept = clients.keys("https://" + host);
        kept.createRsaKey(new CreateRsaKeyOptions("data"));
        kept.beginDeleteKey("data").waitForCompletion();
        assertRefused(403, () -> kept.purgeDeletedKey("data"));
        assertThat(kept.getDeletedKey("data").getName()).isEqualTo("data");
    }

    @Test
    void vaultsOnOnePortAreApart() {
        String host = azure.another("other");
        azure.vaults().open(host, azure.tenant, false);
        assertRefused(404, () -> clients.keys("https://" + host).getKey("data"));
        assertThat(owner.getKey("DATA").getName()).isEqualTo("data");
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
