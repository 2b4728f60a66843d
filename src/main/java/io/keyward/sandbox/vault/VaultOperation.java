package io.keyward.sandbox.vault;

/// What can be asked of a vault, with the data action that Azure's RBAC has for it. Keyward holds the roles for the
/// first three, and may therefore read deleted keys as well; everything else is for the owner.
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
