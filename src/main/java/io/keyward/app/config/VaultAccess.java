package io.keyward.app.config;

import io.keyward.vault.AzureCloud;
import io.keyward.vault.AzureIdentity;
import io.keyward.vault.AzureSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How vaults are reached. What a kind of credential needs is asked for only when vaults are.
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

    /// By what we prove who we are.
    public enum Credential {
        WORKLOAD_IDENTITY,
        MANAGED_IDENTITY,
        CLIENT_SECRET,
        CLIENT_CERTIFICATE,
        EMULATED
    }

    /// Who we are.
    public record Names(Optional<String> tenantId, Optional<String> clientId) {}

    /// Where secrets are.
    record Files(
            Optional<Path> token,
            Optional<Path> secret,
            Optional<Path> certificate,
            Optional<Path> certificatePassword) {}

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
                        .formatted(
                                VaultAccessSettings.CREDENTIAL.key(),
                                Parsers.text(credential),
                                setting.key(),
                                setting.accepted()))
                .toList();
    }

    /// This access, or, where nothing says who we are, that to the sandbox's vaults.
    VaultAccess orSandbox(URI vaults) {
        boolean unsaid = credential == Credential.WORKLOAD_IDENTITY
                && emulator.isEmpty()
                && names.equals(new Names(Optional.empty(), Optional.empty()))
                && files.token().isEmpty();
        return unsaid
                ? new VaultAccess(Credential.EMULATED, cloud, names, files, List.of("*"), timeout, Optional.of(vaults))
                : this;
    }

    private Stream<Setting<?>> missing() {
        return switch (credential) {
            case WORKLOAD_IDENTITY, MANAGED_IDENTITY -> Stream.of();
            case CLIENT_SECRET -> Stream.concat(missingNames(), ifMissing(files.secret(), VaultAccessSettings.SECRET));
            case CLIENT_CERTIFICATE ->
                Stream.concat(missingNames(), ifMissing(files.certificate(), VaultAccessSettings.CERTIFICATE));
            case EMULATED -> ifMissing(emulator, VaultAccessSettings.EMULATOR);
        };
    }

    private Stream<Setting<?>> missingNames() {
        return Stream.concat(
                ifMissing(names.tenantId(), VaultAccessSettings.TENANT_ID),
                ifMissing(names.clientId(), VaultAccessSettings.CLIENT_ID));
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
}
