package io.keyward.sandbox.vault;

/// The reason why Keyward cannot use a key: a missing role assignment (for this key alone), or access policies
/// or network rules (for the whole vault).
public enum Barrier {
    RBAC,
    POLICY,
    NETWORK
}
