package io.keyward.vault;

/// What was asked of a vault, as Azure names the permission for it.
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
