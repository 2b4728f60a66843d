package io.keyward.vault;

/// What stands between us and a key when its vault denies access.
public enum DenialReason {
    /// No role assignment of ours allows the operation.
    RBAC,
    /// The vault's access policies do not allow us the operation.
    POLICY,
    /// The vault's firewall or its private link does not let us in.
    NETWORK
}
