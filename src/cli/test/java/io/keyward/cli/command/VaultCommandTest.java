package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.KeywardCommand;
import io.keyward.config.KeywardConfig;
import io.keyward.config.SandboxAddresses;
import io.keyward.config.VaultAccess;
import io.keyward.sandbox.vault.Call;
import io.keyward.sandbox.vault.Fault;
import io.keyward.sandbox.vault.FaultyKeyVault;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultCommandTest {
    private static final String HOST = "kv-contoso.vault.azure.net";

    private final FaultyKeyVault emulator = FaultyKeyVault.start(Clock.systemUTC());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void open() throws IOException {
        emulator.vaults().open(HOST, "tenant-1", true);
        emulator.vaults().create(HOST, "hr", NewKey.of(KeyKind.RSA_2048).withVersion("v1"));
        config = Files.writeString(folder.resolve("keyward.properties"), """
                keyward.vault.credential = emulated
                keyward.vault.allowed-tenants = *
                keyward.vault.timeout = PT5M
                keyward.vault.emulator = %s
                """.formatted(emulator.url()));
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void theKeysOfAllVaultsAreListed() {
        emulator.vaults().open("kv-tailspin.vault.azure.net", "tenant-2", true);
        emulator.vaults()
                .create(
                        "kv-tailspin.vault.azure.net",
                        "main",
                        NewKey.of(new KeyKind("RSA-HSM", 3072)).withVersion("m1"));
        assertThat(vault("list")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "kv-contoso/hr     RSA 2048      v1                                enabled",
                        "kv-tailspin/main  RSA-HSM 3072  m1                                enabled");
    }

    @Test
    void whatTheOwnerDoesIsShownAndDone() {
        assertThat(act("disable", "kv-contoso/hr")).endsWith("  disabled");
        assertThat(act("enable", "https://kv-contoso.vault.azure.net/keys/hr")).endsWith("  enabled");
        assertThat(act("delete", "KV-Contoso/HR")).contains("  deleted, can be recovered until ");
        assertThat(act("recover", "kv-contoso/hr")).endsWith("  enabled");
        assertThat(act("rotate", "kv-contoso/hr")).contains(" (of 2) ");
        assertThat(act("deny", "kv-contoso/hr")).endsWith("  enabled, denied to Keyward (rbac)");
        assertThat(act("deny", "kv-contoso/hr", "--reason", "network"))
                .endsWith("  enabled, denied to Keyward (network)");
        assertThat(act("deny", "kv-contoso/hr", "--to", "policy"))
                .endsWith("  enabled, denied to Keyward (network), denied to the enterprise policy (rbac)");
        assertThat(act("allow", "kv-contoso/hr")).endsWith("  enabled");
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        emulator.setDates(HOST, "hr", Optional.empty(), Optional.of(end));
        assertThat(act("enable", "kv-contoso/hr")).endsWith("  enabled, expires at 2027-01-01T00:00:00Z");
    }

    @Test
    void whatTheVaultRefusesIsSaid() {
        assertThat(vault("disable", "kv-contoso/none")).isEqualTo(1);
        assertThat(err.toString()).contains("The vault refused the request: A key with (name/id) none was not found");
    }

    @Test
    void aGrantOfThePolicyCannotBeSeen() {
        assertThat(act("deny", "kv-contoso/hr", "--to", "policy"))
                .endsWith("  enabled, denied to the enterprise policy (rbac)");
        assertThat(vault("check", "kv-contoso/hr")).isZero();
        assertThat(vault("deny", "kv-contoso/hr", "--to", "policy", "--reason", "network"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("must be rbac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hr", "https://kv-contoso.vault.azure.net/secrets/hr", "a/b/c", "kv contoso/hr"})
    void whatIsNoKeyIsWrongUsage(String key) {
        assertThat(vault("disable", key)).isEqualTo(2);
        assertThat(err.toString()).contains("'" + key + "' is not a key", "https://VAULT.vault.azure.net/keys/KEY");
    }

    /// No event can name such a key, so an answer about it would say that nobody uses it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://kv-contoso.vault.azure.net:8443/keys/hr",
                "kv-contoso.vault.azure.net:8443/hr",
                "https://127.0.0.1/keys/hr",
                "127/hr",
            })
    void aVaultThatNoEventCanNameIsWrongUsage(String key) {
        assertThat(vault("disable", key)).isEqualTo(2);
        assertThat(err.toString()).contains("'" + key + "' is not a key", "no port but 443");
    }

    @Test
    void withoutASandboxThatIsSaid() {
        emulator.close();
        assertThat(vault("list")).isEqualTo(1);
        assertThat(err.toString()).contains("No sandbox answers at " + emulator.url(), "bin/keyward sandbox");
    }

    @Test
    void vaultsOfAzureHaveOwnersOfTheirOwn() throws IOException {
        Files.writeString(config, "keyward.vault.credential = managed-identity");
        assertThat(vault("list")).isEqualTo(1);
        assertThat(err.toString()).contains("in Azure, only `vault check` is available");
    }

    @Test
    void aUsableKeyIsChecked() {
        assertThat(vault("check", "https://kv-contoso.vault.azure.net/keys/hr")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "Key       https://kv-contoso.vault.azure.net/keys/hr",
                        "Service   the sandbox at " + emulator.url(),
                        "As        emulated",
                        "Answer    USABLE: The version has wrapped and unwrapped a secret.",
                        "Version   v1, RSA 2048, does not expire, protected from purging",
                        "Policy    fits an enterprise policy",
                        "Meaning   Keyward can use the key.",
                        "To do     Nothing.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    KeyDisabled           | DISABLED      | KEY_DISABLED    | enables the version again
                    ForbiddenByRbac       | ACCESS_DENIED | ACCESS_REMOVED  | Key Vault Crypto Service Encryption User
                    ForbiddenByPolicy     | ACCESS_DENIED | ACCESS_REMOVED  | get, wrapKey and unwrapKey
                    ForbiddenByFirewall   | ACCESS_DENIED | NETWORK_BLOCKED | firewall
                    Whatever              | ACCESS_DENIED | ACCESS_REMOVED  | the firewall
                    KeyOperationForbidden | UNSUITABLE    | OTHER           | 2048 or 3072 bits that permits wrapKey
                    """)
    void anAnswerThatLocksIsExplained(String code, String verdict, String cause, String remedy) {
        fail(Fault.forbidden(code));
        assertThat(check()).contains("Answer    " + verdict, "cause " + cause, remedy);
    }

    @Test
    void aKeyOfAManagedHsmIsListedChangedAndChecked() {
        String host = "hsm-contoso.managedhsm.azure.net";
        emulator.vaults().open(host, "tenant-1", true);
        emulator.vaults()
                .create(host, "hr", NewKey.of(new KeyKind("RSA-HSM", 3072)).withVersion("h1"));
        assertThat(vault("check", "https://" + host + "/keys/hr")).isZero();
        assertThat(out.toString()).contains("Version   h1, RSA-HSM 3072", "Policy    fits an enterprise policy");
        assertThat(act("deny", host + "/hr")).startsWith(host + "/hr").endsWith("denied to Keyward (rbac)");
        assertThat(vault("check", host + "/hr")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "Answer    ACCESS_DENIED: The vault does not allow it to us (get: 403 AccessDenied).",
                        "a Managed HSM never does",
                        "Managed HSM Crypto Service Encryption User");
        assertThat(vault("deny", host + "/hr", "--reason", "policy")).isEqualTo(1);
        assertThat(err.toString()).contains("A Managed HSM has no access policies");
    }

    @Test
    void everyOtherAnswerIsExplained() {
        Instant now = Instant.now();
        emulator.setDates(HOST, "hr", Optional.empty(), Optional.of(now.minusSeconds(9)));
        assertThat(check()).contains("Answer    EXPIRED", "cause KEY_EXPIRED", "still unwraps");
        emulator.setDates(HOST, "hr", Optional.of(now.plusSeconds(999)), Optional.empty());
        assertThat(check()).contains("Answer    NOT_YET_VALID", "does not wrap yet");
        emulator.vaults().delete(HOST, "hr");
        assertThat(check()).contains("Answer    DELETED_RECOVERABLE", "cause KEY_DELETED", "az keyvault key recover");
        fail(Fault.refused(404, "KeyNotFound"));
        assertThat(check()).contains("Answer    ABSENT", "cause KEY_DELETED", "az keyvault key restore");
    }

    @Test
    void anAnswerThatSaysNothingOfTheKeyIsExplained() {
        fail(Fault.throttled(5));
        assertThat(check()).contains("Answer    THROTTLED", "says nothing about the key", "quota");
        fail(new Fault.Drop());
        assertThat(check()).contains("Answer    UNAVAILABLE").doesNotContain("cause ");
        fail(Fault.refused(503, "ServiceUnavailable"));
        assertThat(check()).contains("Answer    UNAVAILABLE", "A vault that was deleted looks just like this");
        fail(Fault.refused(401, "Unauthorized"));
        assertThat(check()).contains("Answer    OWN_IDENTITY", "keyward.vault.allowed-tenants");
    }

    @ParameterizedTest(name = "{0} {1} that may {2}, protected {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    RSA     | 2048 | wrapKey unwrapKey | true  | USABLE     |
                    RSA     | 3072 | wrapKey unwrapKey | true  | USABLE     |
                    RSA-HSM | 2048 | wrapKey unwrapKey | true  | USABLE     |
                    RSA-HSM | 3072 | wrapKey unwrapKey | true  | USABLE     |
                    RSA     | 4096 | wrapKey unwrapKey | true  | USABLE     | it is RSA 4096, but must be RSA or RSA-HSM of 2048 or 3072 bits
                    RSA-HSM | 4096 | wrapKey unwrapKey | false | USABLE     | it is RSA-HSM 4096, but must be RSA or RSA-HSM of 2048 or 3072 bits; purge protection is off
                    RSA     | 2048 | wrapKey unwrapKey | false | USABLE     | purge protection is off
                    RSA     | 2048 | wrapKey           | true  | UNSUITABLE | it may not wrap and unwrap
                    RSA     | 2048 | unwrapKey         | true  | UNSUITABLE | it may not wrap and unwrap
                    EC      | 256  | sign              | true  | UNSUITABLE | it is not RSA, but must be RSA or RSA-HSM of 2048 or 3072 bits; it may not wrap and unwrap
                    """)
    void whatDoesNotFitAPolicyIsSaid(
            String type, int bits, String operations, boolean isProtected, String answer, String missing) {
        emulator.vaults().open("kv-made.vault.azure.net", "tenant-1", isProtected);
        NewKey key = new NewKey(
                new KeyKind(type, bits),
                List.of(operations.split(" ")),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        emulator.vaults().create("kv-made.vault.azure.net", "hr", key);
        assertThat(vault("check", "kv-made/hr")).isEqualTo(missing == null ? 0 : 1);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("Answer    " + answer))
                .contains(
                        missing == null
                                ? "Policy    fits an enterprise policy"
                                : "Policy    does not fit an enterprise policy: " + missing);
    }

    @Test
    void whatDoesNotFitAPolicyIsAdvisedAgainstAndNoRevocation() {
        emulator.vaults().open("kv-open.vault.azure.net", "tenant-1", false);
        emulator.vaults().create("kv-open.vault.azure.net", "hr", NewKey.of(KeyKind.RSA_2048));
        assertThat(vault("check", "kv-open/hr")).isEqualTo(1);
        assertThat(out.toString())
                .contains("not protected from purging", "The watch does not report this", "purge protection");
    }

    @Test
    void withoutAConfigurationTheSandboxIsAsked() {
        VaultAccess access = new VaultAccess(KeywardConfig.load(Optional.empty(), Map.of(), new Properties())
                .orSandbox(SandboxAddresses.startingAt(20_000))
                .values());
        assertThat(access.credential()).isEqualTo(VaultAccess.Credential.EMULATED);
        assertThat(access.find(VaultAccess.EMULATOR)).contains(URI.create("http://127.0.0.1:20003"));
        assertThat(access.allowedTenants()).isEqualTo(List.of("*"));
    }

    private void fail(Fault fault) {
        emulator.interfere(call -> call instanceof Call.ToVault ? Optional.of(fault) : Optional.empty());
    }

    private String check() {
        out.getBuffer().setLength(0);
        assertThat(vault("check", "kv-contoso/hr")).as(err.toString()).isEqualTo(1);
        return out.toString();
    }

    private String act(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(vault(arguments)).as(err.toString()).isZero();
        return out.toString().strip();
    }

    private int vault(String... arguments) {
        return KeywardCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.of(Stream.of("vault"), Stream.of(arguments), Stream.of("--config", config.toString()))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }
}
