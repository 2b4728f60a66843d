package io.keyward.vault;

import io.keyward.domain.id.KeyReference;

/// Access to customers' vaults. Every answer and every network failure is a [ProbeResult], never an exception.
///
/// A call blocks until the vault answers or a time limit ends. Safe for many threads.
public interface KeyVault {
    /// Probes the version in the reference, or the current one if the reference has none.
    ProbeResult probe(KeyReference key, ProbeKind depth);
}
