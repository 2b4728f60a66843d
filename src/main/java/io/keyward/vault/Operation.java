package io.keyward.vault;

/// An operation on a key, by the name of Azure's permission.
enum Operation {
    GET("get"),
    WRAP("wrapKey"),
    UNWRAP("unwrapKey");

    private final String permission;

    Operation(String permission) {
        this.permission = permission;
    }

    @Override
    public String toString() {
        return permission;
    }
}
