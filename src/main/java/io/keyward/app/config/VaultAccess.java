package io.keyward.app.config;

import io.keyward.vault.AzureCloud;
import io.keyward.vault.AzureIdentity;
import io.keyward.vault.AzureSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How vaults are reached. The settings that a credential needs are required only when vaults are used.
///
/// @param allowedTenants whose vaults we may ask besides those of our own tenant; `*` stands for all
/// @param timeout how long one probe may take in all
/// @param emulator where an emulator on this machine answers in place of Azure
public record VaultAccess(
        Credential credential,
        AzureCloud cloud,
        Names names,
        Files files,
        List<String> allowedTenants,
        Duration timeout,
        Optional<URI> emulator) {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z.-]{1,200}");

    public static final Setting<Credential> CREDENTIAL =
            Setting.ofConstant("keyward.vault.credential", Credential.WORKLOAD_IDENTITY);
    static final Setting<AzureCloud> CLOUD = Setting.ofConstant("keyward.vault.cloud", AzureCloud.PUBLIC);
    static final Setting<String> TENANT_ID = Setting.withoutDefault(
            "keyward.vault.tenant-id", "the id or the domain of an Entra ID tenant", Parsers.matching(ID));
    static final Setting<String> CLIENT_ID = Setting.withoutDefault(
            "keyward.vault.client-id", "the client id of an application or a managed identity", Parsers.matching(ID));
    static final Setting<Path> TOKEN = file("keyward.vault.token.file", "the token of a Kubernetes service account");
    static final Setting<Path> SECRET = file("keyward.vault.client-secret.file", "the application's secret");
    static final Setting<Path> CERTIFICATE =
            file("keyward.vault.client-certificate.file", "the application's certificate and its key, as PEM or PFX");
    static final Setting<Path> CERTIFICATE_PASSWORD =
            file("keyward.vault.client-certificate.password.file", "the password of the certificate's file");
    public static final Setting<List<String>> ALLOWED_TENANTS = Setting.withoutDefault(
            "keyward.vault.allowed-tenants",
            "ids of Entra ID tenants, separated by commas, or * for all",
            VaultAccess::tenants);
    static final Setting<Duration> TIMEOUT = Setting.ofPositiveDuration("keyward.vault.timeout", "PT10S");
    public static final Setting<URI> EMULATOR = Setting.withoutDefault(
            "keyward.vault.emulator",
            "an http address of this machine, for example http://127.0.0.1:8443",
            AzureSettings::emulator);

    static final List<Setting<?>> ALL = List.of(
            CREDENTIAL,
            CLOUD,
            TENANT_ID,
            CLIENT_ID,
            TOKEN,
            SECRET,
            CERTIFICATE,
            CERTIFICATE_PASSWORD,
            ALLOWED_TENANTS,
            TIMEOUT,
            EMULATOR);

    public enum Credential {
        WORKLOAD_IDENTITY,
        MANAGED_IDENTITY,
        CLIENT_SECRET,
        CLIENT_CERTIFICATE,
        EMULATED
    }

    public record Names(Optional<String> tenantId, Optional<String> clientId) {}

    record Files(
            Optional<Path> token,
            Optional<Path> secret,
            Optional<Path> certificate,
            Optional<Path> certificatePassword) {}

    static VaultAccess from(ConfigReader reader) {
        return new VaultAccess(
                reader.value(CREDENTIAL),
                reader.value(CLOUD),
                new Names(reader.optional(TENANT_ID), reader.optional(CLIENT_ID)),
                new Files(
                        reader.optional(TOKEN),
                        reader.optional(SECRET),
                        reader.optional(CERTIFICATE),
                        reader.optional(CERTIFICATE_PASSWORD)),
                reader.optional(ALLOWED_TENANTS).orElse(List.of()),
                reader.value(TIMEOUT),
                reader.optional(EMULATOR));
    }

    void describe(Map<String, String> lines) {
        CREDENTIAL.describe(credential, lines);
        CLOUD.describe(cloud, lines);
        TENANT_ID.describe(names.tenantId(), lines);
        CLIENT_ID.describe(names.clientId(), lines);
        TOKEN.describe(files.token(), lines);
        SECRET.describe(files.secret(), lines);
        CERTIFICATE.describe(files.certificate(), lines);
        CERTIFICATE_PASSWORD.describe(files.certificatePassword(), lines);
        ALLOWED_TENANTS.describe(Optional.of(allowedTenants).filter(tenants -> !tenants.isEmpty()), lines);
        TIMEOUT.describe(timeout, lines);
        EMULATOR.describe(emulator, lines);
    }

    /// The settings of the client, complete.
    ///
    /// @throws ConfigurationException that lists what the credential lacks
    public AzureSettings azure() {
        if (!problems().isEmpty()) {
            throw new ConfigurationException(problems());
        }
        return new AzureSettings(cloud, identity(), allowedTenants, timeout, emulator);
    }

    /// What the credential lacks, each as a sentence.
    List<String> problems() {
        return missing()
                .map(setting -> "%s = %s: it needs %s, which is %s."
                        .formatted(CREDENTIAL.key(), Parsers.text(credential), setting.key(), setting.accepted()))
                .toList();
    }

    /// This access; if no identity is configured, that to the sandbox's vaults.
    VaultAccess orSandbox(URI vaults) {
        boolean unconfigured = credential == Credential.WORKLOAD_IDENTITY
                && emulator.isEmpty()
                && names.equals(new Names(Optional.empty(), Optional.empty()))
                && files.token().isEmpty();
        return unconfigured
                ? new VaultAccess(Credential.EMULATED, cloud, names, files, List.of("*"), timeout, Optional.of(vaults))
                : this;
    }

    private Stream<Setting<?>> missing() {
        return switch (credential) {
            case WORKLOAD_IDENTITY, MANAGED_IDENTITY -> Stream.of();
            case CLIENT_SECRET -> Stream.concat(missingNames(), ifMissing(files.secret(), SECRET));
            case CLIENT_CERTIFICATE -> Stream.concat(missingNames(), ifMissing(files.certificate(), CERTIFICATE));
            case EMULATED -> ifMissing(emulator, EMULATOR);
        };
    }

    private Stream<Setting<?>> missingNames() {
        return Stream.concat(ifMissing(names.tenantId(), TENANT_ID), ifMissing(names.clientId(), CLIENT_ID));
    }

    private static Stream<Setting<?>> ifMissing(Optional<?> value, Setting<?> setting) {
        return value.isPresent() ? Stream.of() : Stream.of(setting);
    }

    private AzureIdentity identity() {
        return switch (credential) {
            case WORKLOAD_IDENTITY ->
                new AzureIdentity.WorkloadIdentity(names.tenantId(), names.clientId(), files.token());
            case MANAGED_IDENTITY -> new AzureIdentity.ManagedIdentity(names.clientId());
            case CLIENT_SECRET ->
                new AzureIdentity.ClientSecret(
                        names.tenantId().orElseThrow(),
                        names.clientId().orElseThrow(),
                        files.secret().orElseThrow());
            case CLIENT_CERTIFICATE ->
                new AzureIdentity.ClientCertificate(
                        names.tenantId().orElseThrow(),
                        names.clientId().orElseThrow(),
                        files.certificate().orElseThrow(),
                        files.certificatePassword());
            case EMULATED -> new AzureIdentity.Emulated();
        };
    }

    private static Setting<Path> file(String key, String content) {
        return Setting.withoutDefault(key, "the path of a file with " + content, Parsers::path);
    }

    private static List<String> tenants(String text) {
        List<String> tenants = Stream.of(text.split(",", -1)).map(String::strip).toList();
        boolean named = tenants.stream().allMatch(tenant -> ID.matcher(tenant).matches());
        return Parsers.require(tenants, named || tenants.equals(List.of("*")));
    }
}
