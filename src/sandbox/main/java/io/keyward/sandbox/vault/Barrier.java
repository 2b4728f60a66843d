package io.keyward.sandbox.vault;

/// The reason why an identity cannot use a key: a missing role assignment (for this key alone), or access policies or
/// network rules (for the whole vault, and for Keyward only).
public enum Barrier {
    RBAC,
    POLICY,
    NETWORK
}
