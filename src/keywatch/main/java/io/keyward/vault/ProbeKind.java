package io.keyward.vault;

/// The kind of a probe, with its number of requests to the vault.
public enum ProbeKind {
    /// Reads the key's attributes: one request, or two for a key that does not exist.
    READ,
    /// Reads the key's attributes, then wraps and unwraps a random secret in the vault: three requests. Only
    /// this proves that a key is usable or unusable.
    ROUND_TRIP
}
