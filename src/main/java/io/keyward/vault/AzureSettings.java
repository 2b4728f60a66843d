package io.keyward.vault;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The settings for access to Azure key vaults.
///
/// @param allowedTenants the tenants, besides our own, whose vaults may be called; `*` means all
/// @param timeout the limit for one probe, its tokens and all its requests included
/// @param emulator the address of an emulator on this machine that replaces Azure
public record AzureSettings(
        AzureCloud cloud,
        AzureIdentity identity,
        List<String> allowedTenants,
        Duration timeout,
        Optional<URI> emulator) {
    public AzureSettings {
        allowedTenants = List.copyOf(allowedTenants);
        emulator.ifPresent(EmulatorHttpClient::requireLoopback);
        if (identity instanceof AzureIdentity.Emulated && emulator.isEmpty()) {
            throw new IllegalArgumentException("the emulated identity is for an emulator only");
        }
    }

    /// Parses the address of an emulator.
    ///
    /// @throws IllegalArgumentException unless it is an http address of this machine
    public static URI emulator(String address) {
        URI emulator = URI.create(address);
        EmulatorHttpClient.requireLoopback(emulator);
        return emulator;
    }

    /// The limit for one request. It is half of the probe's limit, so that a timeout shows which side did not
    /// answer: the vault or the token service.
    Duration timeoutOfRequest() {
        return timeout.dividedBy(2);
    }
}
