package io.keyward.vault;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How to reach Azure's vaults.
///
/// @param allowedTenants the tenants besides our own whose vaults we may ask; `*` stands for all
/// @param timeout how long one probe may take in all, tokens and every request included
/// @param emulator where an emulator on this machine answers in place of Azure
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

    /// For the emulator at that address.
    public static AzureSettings ofEmulator(URI emulator, Duration timeout) {
        return new AzureSettings(
                AzureCloud.PUBLIC, new AzureIdentity.Emulated(), List.of("*"), timeout, Optional.of(emulator));
    }

    /// Reads the address of an emulator.
    ///
    /// @throws IllegalArgumentException for any but an http address of this machine
    public static URI emulator(String address) {
        URI emulator = URI.create(address);
        EmulatorHttpClient.requireLoopback(emulator);
        return emulator;
    }

    /// Half of the time of a probe, so that a timeout shows which did not answer: the vault or the token service.
    Duration timeoutOfRequest() {
        return timeout.dividedBy(2);
    }
}
