package io.keyward.vault;

/// Why a vault denies access to a key.
public enum DenialReason {
    /// No role assignment of ours allows the operation.
    RBAC,
    /// The vault's access policies do not allow us the operation.
    POLICY,
    /// The vault's firewall or its private link does not let us in.
    NETWORK
}
