package io.keyward.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.VaultAccess;
import io.keyward.sandbox.vault.Call;
import io.keyward.sandbox.vault.Fault;
import io.keyward.sandbox.vault.FaultyKeyVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests the SDK's real credential classes against the emulator's token endpoint.
class AzureCredentialsTest {
    private static final String OWNING_PARTITION = "11111111-0000-4000-8000-000000000000";
    private static final String CLIENT = "22222222-0000-4000-8000-000000000000";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void aWorkloadProvesItselfByTheTokenInItsFile() {
        Path token = file("token", "signed-by-the-cluster\n");
        try (EmulatedAzure azure = azure(identity("workload-identity", "token.file", token), "*")) {
            assertThat(azure.probe(ProbeKind.ROUND_TRIP).outcome()).isEqualTo(ProbeOutcome.USABLE);
            assertThat(tokens(azure)).containsOnly(new Call.ForToken(azure.tenant, CLIENT, "signed-by-the-cluster"));
        }
    }

    @Test
    void anApplicationProvesItselfByTheSecretInItsFile() {
        Path secret = file("secret", "first\n");
        try (EmulatedAzure azure = azure(secret(secret), "*")) {
            assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.USABLE);
            assertThat(tokens(azure)).containsOnly(new Call.ForToken(azure.tenant, CLIENT, "first"));
        }
    }

    @Test
    void aNewSecretIsTakenUpWithoutARestart() {
        Path secret = file("secret", "old");
        try (EmulatedAzure azure = azure(secret(secret), "*")) {
            azure.fail(call ->
                    call instanceof Call.ForToken asked && !asked.proof().equals("new")
                            ? Optional.of(new Fault.NoToken("AADSTS7000215"))
                            : Optional.empty());
            assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.OWN_IDENTITY);
            file("secret", "new");
            assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.USABLE);
        }
    }

    @Test
    void aSecretThatIsNotThereIsAFaultOfOurs() {
        Map<String, String> identity = secret(folder.resolve("none"));
        try (EmulatedAzure azure = azure(identity, "*")) {
            assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.OWN_IDENTITY);
            assertThat(tokens(azure)).isEmpty();
        }
    }

    @Test
    void anApplicationProvesItselfByACertificateAsPem() throws Exception {
        KeyStore store = KeyStore.getInstance(keyStore().toFile(), PASSWORD);
        Path pem = file(
                "client.pem",
                pem("CERTIFICATE", store.getCertificate("client").getEncoded())
                        + pem("PRIVATE KEY", ((PrivateKey) store.getKey("client", PASSWORD)).getEncoded()));
        assertSignedAssertion(identity("client-certificate", "client-certificate.file", pem));
    }

    @Test
    void anApplicationProvesItselfByACertificateAsPfx() throws Exception {
        Path password = file("password", "changeit\n");
        Map<String, String> identity = identity("client-certificate", "client-certificate.file", keyStore());
        identity.put("keyward.vault.client-certificate.password.file", password.toString());
        assertSignedAssertion(identity);
    }

    @Test
    void aTenantThatIsNotAllowedIsNotAskedForAToken() {
        Path secret = file("secret", "s");
        try (EmulatedAzure azure = azure(secret(secret), "another-tenant")) {
            ProbeResult finding = azure.probe(ProbeKind.READ);
            assertThat(finding.outcome()).isEqualTo(ProbeOutcome.OWN_IDENTITY);
            assertThat(finding.detail()).contains("not among the allowed ones");
            assertThat(tokens(azure)).isEmpty();
        }
    }

    @Test
    void aTenantThatIsNamedIsAllowed() {
        Path secret = file("secret", "s");
        try (EmulatedAzure azure =
                new EmulatedAzure((emulator, tenant) -> access(emulator, secret(secret), "another-tenant," + tenant))) {
            assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.USABLE);
        }
    }

    private void assertSignedAssertion(Map<String, String> identity) {
        try (EmulatedAzure azure = azure(identity, "*")) {
            assertThat(azure.probe(ProbeKind.READ).outcome()).isEqualTo(ProbeOutcome.USABLE);
            assertThat(tokens(azure))
                    .isNotEmpty()
                    .allSatisfy(asked -> assertThat(asked.proof()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+"));
        }
    }

    private static Map<String, String> secret(Path file) {
        return identity("client-secret", "client-secret.file", file);
    }

    private static Map<String, String> identity(String credential, String setting, Path file) {
        return new HashMap<>(Map.of(
                "keyward.vault.credential",
                credential,
                "keyward.vault.tenant-id",
                OWNING_PARTITION,
                "keyward.vault.client-id",
                CLIENT,
                "keyward.vault." + setting,
                file.toString()));
    }

    private static EmulatedAzure azure(Map<String, String> identity, String allowed) {
        return new EmulatedAzure((emulator, _) -> access(emulator, identity, allowed));
    }

    private static VaultAccess access(FaultyKeyVault emulator, Map<String, String> identity, String allowed) {
        Map<String, String> settings = new HashMap<>(identity);
        settings.put("keyward.vault.allowed-tenants", allowed);
        settings.put("keyward.vault.timeout", "PT5M");
        return emulator.access(settings).complete();
    }

    private static List<Call.ForToken> tokens(EmulatedAzure azure) {
        Function<Call, Optional<Call.ForToken>> asked =
                call -> call instanceof Call.ForToken token ? Optional.of(token) : Optional.empty();
        return azure.calls.stream().map(asked).flatMap(Optional::stream).toList();
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Creates a key store with a self-signed certificate with the JDK's keytool.
    private Path keyStore() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("client.pfx");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "client",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=keyward",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(content), what);
    }
}
