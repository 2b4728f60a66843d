package io.keyward.vault;

/// The reason why a vault, or its directory, denies access to a key.
public enum DenialReason {
    /// The vault's directory refuses a token to the application: it was removed, disabled or blocked there.
    DIRECTORY,
    /// None of Keyward's role assignments allows the operation.
    RBAC,
    /// The vault's access policies do not allow Keyward the operation.
    POLICY,
    /// The vault's firewall or private link blocks Keyward.
    NETWORK
}
