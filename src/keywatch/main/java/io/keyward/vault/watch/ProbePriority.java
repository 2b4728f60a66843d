package io.keyward.vault.watch;

/// Why a key is probed next. The probes of a vault come in this order.
enum ProbePriority {
    /// Something may have changed the key.
    HINTED,
    /// An answer must be confirmed.
    SUSPECT,
    REGULAR
}
