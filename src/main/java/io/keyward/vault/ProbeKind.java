package io.keyward.vault;

/// How thoroughly a key is asked about, and how many requests that costs its vault.
public enum ProbeKind {
    /// Its attributes are read: one request, or two for a key that is not there.
    READ,
    /// Its attributes are read, and the vault wraps and unwraps a random secret with it: three requests. The only
    /// proof that a key is usable, or that it is not.
    ROUND_TRIP
}
