package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.http.Response;
import java.util.Map;
import java.util.Optional;

/// Key Vault's error responses, and the responses for faults.
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

    static Response of(Fault fault) {
        return switch (fault) {
            case Fault.Refused refused ->
                error(
                        refused.status(),
                        refused.headers(),
                        refused.code(),
                        refused.innerCode(),
                        "An injected fault in place of an answer.");
            case Fault.NoToken token -> IdentityApi.refusal(token.code());
            case Fault.Page page -> Response.of(page.status(), "text/html", Map.of(), page.html());
            case Fault.Hang _ -> new Response.Silence();
            case Fault.Drop _ -> new Response.Closed();
        };
    }
}
