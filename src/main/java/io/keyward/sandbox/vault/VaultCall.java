package io.keyward.sandbox.vault;

import io.keyward.sandbox.http.Request;
import java.util.List;
import java.util.Locale;

/// A request to a vault. An empty `version` means the current one.
record VaultCall(String host, VaultOperation operation, String key, String version) {
    /// Determines the operation from the request's method and path.
    static VaultCall of(StoredVault vault, Request request) {
        List<String> path = request.path();
        if (path.size() < 2 || path.size() > 4) {
            throw unknown(request);
        }
        String version = path.size() == 2 ? "" : path.get(2);
        VaultOperation operation = switch (request.method() + " " + path.getFirst()) {
            case "GET keys" -> VaultOperation.GET;
            case "PATCH keys" -> VaultOperation.UPDATE;
            case "DELETE keys" -> VaultOperation.DELETE;
            case "GET deletedkeys" -> VaultOperation.GET_DELETED;
            case "DELETE deletedkeys" -> VaultOperation.PURGE;
            case "POST keys", "POST deletedkeys" -> action(request, path.getLast());
            default -> throw unknown(request);
        };
        boolean versioned = !request.method().equals("POST") || path.size() == 4;
        return new VaultCall(vault.host(), operation, path.get(1).toLowerCase(Locale.ROOT), versioned ? version : "");
    }

    private static VaultOperation action(Request request, String action) {
        return switch (action) {
            case "create" -> VaultOperation.CREATE;
            case "rotate" -> VaultOperation.ROTATE;
            case "wrapkey" -> VaultOperation.WRAP;
            case "unwrapkey" -> VaultOperation.UNWRAP;
            case "recover" -> VaultOperation.RECOVER;
            default -> throw unknown(request);
        };
    }

    private static VaultRefusedException unknown(Request request) {
        return VaultRefusedException.badParameter(request.method() + " " + request.rawPath() + " is not emulated.");
    }
}
