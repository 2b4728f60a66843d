package io.keyward.sandbox.vault;

import java.util.Optional;

/// An emulated vault refuses a request, with Azure's status and error codes.
public final class VaultRefusedException extends RuntimeException {
    private final int status;
    private final String code;
    private final transient Optional<String> innerCode;

    VaultRefusedException(int status, String code, Optional<String> innerCode, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.innerCode = innerCode;
    }

    static VaultRefusedException badParameter(String message) {
        return new VaultRefusedException(400, "BadParameter", Optional.empty(), message);
    }

    static VaultRefusedException forbidden(String innerCode, String message) {
        return new VaultRefusedException(403, "Forbidden", Optional.of(innerCode), message);
    }

    static VaultRefusedException forbidden(String message) {
        return new VaultRefusedException(403, "Forbidden", Optional.empty(), message);
    }

    static VaultRefusedException conflict(String innerCode, String message) {
        return new VaultRefusedException(409, "Conflict", Optional.of(innerCode), message);
    }

    static VaultRefusedException keyNotFound(String name) {
        return new VaultRefusedException(
                404,
                "KeyNotFound",
                Optional.empty(),
                "A key with (name/id) %s was not found in this key vault.".formatted(name));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Optional<String> innerCode() {
        return innerCode;
    }
}
