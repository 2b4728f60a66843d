package io.keyward.vault;

import io.keyward.domain.id.KeyReference;

/// A customer's vault, asked about one key at a time; whatever the vault or the network answers is a [ProbeResult],
/// never
/// an exception.
///
/// A call blocks for as long as the vault takes, within a bound of its own; it is safe for use by many threads.
public interface KeyVault {
    /// Asks the vault about the version that the reference names, or about the current one if it names none.
    ProbeResult probe(KeyReference key, ProbeKind depth);
}
