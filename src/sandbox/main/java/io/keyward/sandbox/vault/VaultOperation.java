package io.keyward.sandbox.vault;

/// The operations of a vault that Keyward has roles for, with their data actions in Azure's RBAC and in the local
/// RBAC of a Managed HSM. The owner's operations are methods of [Vaults].
public enum VaultOperation {
    GET("read", "read/action"),
    WRAP("wrap/action", "wrap/action"),
    UNWRAP("unwrap/action", "unwrap/action"),
    /// The role "Managed HSM Crypto Service Encryption User" does not allow it.
    GET_DELETED("read", "deletedKeys/read/action");

    private final String action;
    private final String localAction;

    VaultOperation(String action, String localAction) {
        this.action = action;
        this.localAction = localAction;
    }

    String action() {
        return "Microsoft.KeyVault/vaults/keys/" + action;
    }

    String localAction() {
        return "Microsoft.KeyVault/managedHsm/keys/" + localAction;
    }
}
