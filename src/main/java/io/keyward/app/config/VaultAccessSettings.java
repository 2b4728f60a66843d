package io.keyward.app.config;

import io.keyward.app.config.VaultAccess.Credential;
import io.keyward.vault.AzureCloud;
import io.keyward.vault.AzureSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings that say how vaults are reached.
public final class VaultAccessSettings {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z.-]{1,200}");

    public static final Setting<Credential> CREDENTIAL = Setting.of(
            "keyward.vault.credential",
            "workload-identity",
            Parsers.names(Credential.class),
            Parsers.constant(Credential.class));
    static final Setting<AzureCloud> CLOUD = Setting.of(
            "keyward.vault.cloud", "public", Parsers.names(AzureCloud.class), Parsers.constant(AzureCloud.class));
    static final Setting<String> TENANT_ID =
            optional("tenant-id", "the id or the domain of an Entra ID tenant", Parsers.matching(ID));
    static final Setting<String> CLIENT_ID =
            optional("client-id", "the client id of an application or a managed identity", Parsers.matching(ID));
    static final Setting<Path> TOKEN = file("token.file", "the token of a Kubernetes service account");
    static final Setting<Path> SECRET = file("client-secret.file", "the application's secret");
    static final Setting<Path> CERTIFICATE =
            file("client-certificate.file", "the application's certificate and its key, as PEM or PFX");
    static final Setting<Path> CERTIFICATE_PASSWORD =
            file("client-certificate.password.file", "the password of the certificate's file");
    public static final Setting<List<String>> ALLOWED_TENANTS = optional(
            "allowed-tenants",
            "ids of Entra ID tenants, separated by commas, or * for all",
            VaultAccessSettings::tenants);
    static final Setting<Duration> TIMEOUT = Setting.of(
            "keyward.vault.timeout",
            "PT10S",
            "an ISO-8601 duration longer than zero, for example PT10S",
            Parsers::positiveDuration);
    public static final Setting<URI> EMULATOR = optional(
            "emulator", "an http address of this machine, for example http://127.0.0.1:8443", AzureSettings::emulator);

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

    private VaultAccessSettings() {}

    static VaultAccess read(ConfigReader reader) {
        return new VaultAccess(
                reader.value(CREDENTIAL),
                reader.value(CLOUD),
                new VaultAccess.Names(reader.optional(TENANT_ID), reader.optional(CLIENT_ID)),
                new VaultAccess.Files(
                        reader.optional(TOKEN),
                        reader.optional(SECRET),
                        reader.optional(CERTIFICATE),
                        reader.optional(CERTIFICATE_PASSWORD)),
                reader.optional(ALLOWED_TENANTS).orElse(List.of()),
                reader.value(TIMEOUT),
                reader.optional(EMULATOR));
    }

    /// Adds every setting with its value.
    static void describe(VaultAccess access, Map<String, String> lines) {
        lines.put(CREDENTIAL.key(), Parsers.text(access.credential()));
        lines.put(CLOUD.key(), Parsers.text(access.cloud()));
        lines.put(TIMEOUT.key(), access.timeout().toString());
        put(lines, TENANT_ID, access.names().tenantId());
        put(lines, CLIENT_ID, access.names().clientId());
        put(lines, TOKEN, access.files().token());
        put(lines, SECRET, access.files().secret());
        put(lines, CERTIFICATE, access.files().certificate());
        put(lines, CERTIFICATE_PASSWORD, access.files().certificatePassword());
        put(
                lines,
                ALLOWED_TENANTS,
                Optional.of(String.join(",", access.allowedTenants())).filter(all -> !all.isEmpty()));
        put(lines, EMULATOR, access.emulator());
    }

    private static void put(Map<String, String> lines, Setting<?> setting, Optional<?> value) {
        value.ifPresent(present -> lines.put(setting.key(), present.toString()));
    }

    private static <T> Setting<T> optional(String name, String accepted, Function<String, T> parser) {
        return Setting.withoutDefault("keyward.vault." + name, accepted, parser);
    }

    private static Setting<Path> file(String name, String content) {
        return optional(name, "the path of a file with " + content, Parsers::path);
    }

    private static List<String> tenants(String text) {
        List<String> tenants = Stream.of(text.split(",", -1)).map(String::strip).toList();
        boolean named = tenants.stream().allMatch(tenant -> ID.matcher(tenant).matches());
        return Parsers.require(tenants, named || tenants.equals(List.of("*")));
    }
}
