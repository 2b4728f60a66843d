package io.keyward.sandbox.vault;

/// The operations of a vault with their data actions in Azure's RBAC. Keyward has the roles for the first three
/// operations, and these roles also let it read deleted keys. All other operations are for the owner.
public enum VaultOperation {
    GET("read"),
    WRAP("wrap/action"),
    UNWRAP("unwrap/action"),
    GET_DELETED("read"),
    CREATE("create/action"),
    ROTATE("rotate/action"),
    UPDATE("update/action"),
    DELETE("delete"),
    RECOVER("recover/action"),
    PURGE("purge/action");

    private final String action;

    VaultOperation(String action) {
        this.action = action;
    }

    String action() {
        return "Microsoft.KeyVault/vaults/keys/" + action;
    }

    boolean isForKeyward() {
        return switch (this) {
            case GET, WRAP, UNWRAP, GET_DELETED -> true;
            case CREATE, ROTATE, UPDATE, DELETE, RECOVER, PURGE -> false;
        };
    }
}
