package io.keyward.domain;

/// Why a key cannot be used (contract, section 2); `UNKNOWN` also stands for causes newer than this release.
public enum RevocationCause {
    KEY_DISABLED,
    KEY_DELETED,
    VAULT_DELETED,
    ACCESS_REMOVED,
    NETWORK_BLOCKED,
    POLICY_DELETED,
    /// The one cause that does not keep data from being unwrapped (R23).
    KEY_EXPIRED,
    OTHER,
    UNKNOWN
}
