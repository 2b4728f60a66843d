package io.keyward.sandbox.vault;

/// The operations of a vault that Keyward has roles for, with their data actions in Azure's RBAC. The owner's
/// operations are methods of [Vaults].
public enum VaultOperation {
    GET("read"),
    WRAP("wrap/action"),
    UNWRAP("unwrap/action"),
    GET_DELETED("read");

    private final String action;

    VaultOperation(String action) {
        this.action = action;
    }

    String action() {
        return "Microsoft.KeyVault/vaults/keys/" + action;
    }
}
