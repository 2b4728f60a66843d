package io.keyward.sandbox.vault;

/// What keeps Keyward from a key: a missing role assignment, of that key alone, or access policies or network rules,
/// which are those of the whole vault.
public enum Barrier {
    RBAC,
    POLICY,
    NETWORK
}
