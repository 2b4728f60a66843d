package io.keyward.vault;

/// The reason why a vault denies access to a key.
public enum DenialReason {
    /// None of Keyward's role assignments allows the operation.
    RBAC,
    /// The vault's access policies do not allow Keyward the operation.
    POLICY,
    /// The vault's firewall or private link blocks Keyward.
    NETWORK
}
