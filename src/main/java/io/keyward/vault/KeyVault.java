package io.keyward.vault;

import io.keyward.domain.id.KeyReference;

/// A customer's vault. Every answer of the vault or of the network is a [ProbeResult], never an exception.
///
/// A call blocks until the vault answers, within a time limit. Safe for many threads.
public interface KeyVault {
    /// Probes the version that the reference names, or the current one if it names none.
    ProbeResult probe(KeyReference key, ProbeKind depth);
}
