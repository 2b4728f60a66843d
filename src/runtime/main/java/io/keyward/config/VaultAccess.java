package io.keyward.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How vaults are reached. The settings that a credential requires are checked only when vaults are used.
public record VaultAccess(SettingValues values) implements Configured {
    static final SettingList SETTINGS = new SettingList();

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String ID = "[0-9A-Za-z.-]{1,200}";

    public static final Setting<Credential> CREDENTIAL =
            SETTINGS.constant("keyward.vault.credential", Credential.WORKLOAD_IDENTITY);
    static final Setting<AzureCloud> CLOUD = SETTINGS.constant("keyward.vault.cloud", AzureCloud.PUBLIC);
    public static final Setting<String> TENANT_ID = SETTINGS.withoutDefault(
            "keyward.vault.tenant-id", "the id or the domain of an Entra ID tenant", Parsers.matching(ID));
    public static final Setting<String> CLIENT_ID = SETTINGS.withoutDefault(
            "keyward.vault.client-id", "the client id of an application or a managed identity", Parsers.matching(ID));
    public static final Setting<Path> TOKEN =
            SETTINGS.path("keyward.vault.token.file", "a file with the token of a Kubernetes service account");
    public static final Setting<Path> SECRET =
            SETTINGS.path("keyward.vault.client-secret.file", "a file with the application's secret");
    public static final Setting<Path> CERTIFICATE = SETTINGS.path(
            "keyward.vault.client-certificate.file",
            "a file with the application's certificate and its key, as PEM or PFX");
    public static final Setting<Path> CERTIFICATE_PASSWORD = SETTINGS.path(
            "keyward.vault.client-certificate.password.file", "a file with the password of the certificate's file");

    /// The tenants, besides Keyward's own, whose vaults may be called; `*` stands for all.
    public static final Setting<List<String>> ALLOWED_TENANTS = SETTINGS.withoutDefault(
            "keyward.vault.allowed-tenants",
            "ids of Entra ID tenants, separated by commas, or * for all",
            VaultAccess::tenants);

    /// The limit for one probe.
    static final Setting<Duration> TIMEOUT = SETTINGS.positiveDuration("keyward.vault.timeout", "PT10S");

    /// The address of an emulator on this machine that replaces Azure.
    public static final Setting<URI> EMULATOR = SETTINGS.withoutDefault(
            "keyward.vault.emulator",
            "an http address of this machine, for example http://127.0.0.1:8443",
            VaultAccess::emulator);

    /// The identity with which Keyward authenticates to Azure. Secrets stay in files, which are read again when
    /// they change.
    public enum Credential {
        /// A Kubernetes service account that Entra ID trusts. Missing values come from the environment variables
        /// that Azure's webhook sets (`AZURE_CLIENT_ID`, `AZURE_TENANT_ID`, `AZURE_FEDERATED_TOKEN_FILE`).
        WORKLOAD_IDENTITY,
        /// A managed identity of the machine; without a client id, its default identity. Works only for vaults in
        /// its own tenant.
        MANAGED_IDENTITY,
        /// An application with a secret.
        CLIENT_SECRET,
        /// An application that authenticates with a certificate. The file contains the certificate and its key, as
        /// PEM, or as PFX if the name ends in `.pfx` or `.p12`.
        CLIENT_CERTIFICATE,
        /// An application that only an emulator accepts.
        EMULATED
    }

    public Credential credential() {
        return value(CREDENTIAL);
    }

    public AzureCloud cloud() {
        return value(CLOUD);
    }

    /// The tenants, besides Keyward's own, whose vaults may be called; `*` means all.
    public List<String> allowedTenants() {
        return find(ALLOWED_TENANTS).orElse(List.of());
    }

    /// The limit for one probe, including tokens and all its requests.
    public Duration timeout() {
        return value(TIMEOUT);
    }

    /// The limit for one request: half of the probe's limit, so that a timeout shows whether the vault or the
    /// token service did not answer.
    public Duration timeoutOfRequest() {
        return timeout().dividedBy(2);
    }

    /// These settings, checked for what the credential requires.
    ///
    /// @throws ConfigurationException that lists missing settings
    public VaultAccess complete() {
        ConfigurationException.throwIfAny(problems());
        return this;
    }

    /// The missing settings of the credential, each as a sentence.
    List<String> problems() {
        return needed().filter(setting -> !values.has(setting))
                .map(setting -> "%s = %s: it requires %s, %s."
                        .formatted(CREDENTIAL.key(), Parsers.text(credential()), setting.key(), setting.accepted()))
                .toList();
    }

    /// These settings; if no identity is configured, with access to the sandbox's vaults.
    static SettingValues orSandbox(SettingValues values, URI vaults) {
        boolean configured = values.value(CREDENTIAL) != Credential.WORKLOAD_IDENTITY
                || Stream.of(EMULATOR, TENANT_ID, CLIENT_ID, TOKEN).anyMatch(values::has);
        return configured
                ? values
                : values.with(CREDENTIAL, Credential.EMULATED)
                        .with(ALLOWED_TENANTS, List.of("*"))
                        .with(EMULATOR, vaults);
    }

    private Stream<Setting<?>> needed() {
        return switch (credential()) {
            case WORKLOAD_IDENTITY, MANAGED_IDENTITY -> Stream.of();
            case CLIENT_SECRET -> Stream.of(TENANT_ID, CLIENT_ID, SECRET);
            case CLIENT_CERTIFICATE -> Stream.of(TENANT_ID, CLIENT_ID, CERTIFICATE);
            case EMULATED -> Stream.of(EMULATOR);
        };
    }

    /// Rejects other machines, because they would receive tokens.
    private static URI emulator(String address) {
        URI emulator = URI.create(address);
        boolean isHere = "http".equals(emulator.getScheme()) && LOOPBACK.contains(String.valueOf(emulator.getHost()));
        return Parsers.require(emulator, isHere);
    }

    private static List<String> tenants(String text) {
        List<String> tenants = Stream.of(text.split(",", -1)).map(String::strip).toList();
        boolean named = tenants.stream().allMatch(tenant -> tenant.matches(ID));
        return Parsers.require(tenants, named || tenants.equals(List.of("*")));
    }
}
