package io.keyward.sandbox.vault;

/// A request that has reached the emulator.
public sealed interface Call {
    /// To a vault. `version` is empty where the current one is meant.
    record ToVault(String host, VaultOperation operation, String key, String version) implements Call {}

    /// For a token of a tenant. `proof` is what the client proves itself by: its secret, its signed assertion, or
    /// nothing if the machine vouches for it.
    record ForToken(String tenantId, String clientId, String proof) implements Call {}
}
