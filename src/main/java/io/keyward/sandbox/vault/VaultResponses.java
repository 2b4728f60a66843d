package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.http.Response;
import java.util.Map;
import java.util.Optional;

/// Key Vault's error responses.
final class VaultResponses {
    private VaultResponses() {}

    static Response error(int status, String code, Optional<String> innerCode, String message) {
        return error(status, Map.of(), code, innerCode, message);
    }

    static Response error(
            int status, Map<String, String> headers, String code, Optional<String> innerCode, String message) {
        ObjectNode root = Response.JSON.createObjectNode();
        ObjectNode error = root.putObject("error").put("code", code).put("message", message);
        innerCode.ifPresent(inner -> error.putObject("innererror").put("code", inner));
        return Response.json(status, headers, root);
    }

    static Response of(VaultRefusedException refused) {
        return error(refused.status(), refused.code(), refused.innerCode(), refused.getMessage());
    }
}
