package io.keyward.sandbox.vault;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.sandbox.http.RequestParts;
import java.util.List;
import java.util.Locale;

/// A request to a vault. An empty `version` means the current one.
record VaultCall(VaultOperation operation, String key, String version) {
    /// Determines the operation from the request's method and path.
    static VaultCall of(EndpointRequest request) {
        List<String> path = RequestParts.path(request);
        if (path.size() < 2 || path.size() > 4) {
            throw unknown(request);
        }
        String action = path.size() == 4 ? " " + path.getLast() : "";
        VaultOperation operation = switch (request.method() + " " + path.getFirst() + action) {
            case "GET keys" -> VaultOperation.GET;
            case "GET deletedkeys" -> VaultOperation.GET_DELETED;
            case "POST keys wrapkey" -> VaultOperation.WRAP;
            case "POST keys unwrapkey" -> VaultOperation.UNWRAP;
            default -> throw unknown(request);
        };
        String version = path.size() == 2 ? "" : path.get(2);
        return new VaultCall(operation, path.get(1).toLowerCase(Locale.ROOT), version);
    }

    private static VaultRefusedException unknown(EndpointRequest request) {
        return VaultRefusedException.badParameter(request.method() + " " + request.path() + " is not emulated.");
    }
}
