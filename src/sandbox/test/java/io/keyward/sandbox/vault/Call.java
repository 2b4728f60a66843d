package io.keyward.sandbox.vault;

/// A request that has reached the emulator.
public sealed interface Call {
    /// A request to a vault. An empty `version` means the current one.
    record ToVault(String host, VaultOperation operation, String key, String version) implements Call {}

    /// A request for a token of a tenant. `proof` is the client's credential: its secret or its signed assertion.
    record ForToken(String tenantId, String clientId, String proof) implements Call {}
}
