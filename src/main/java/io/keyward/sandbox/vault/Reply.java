package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the emulator does with a request.
public sealed interface Reply {
    /// Sends this.
    record Answer(int status, Map<String, String> headers, String body) implements Reply {}

    /// Never answers.
    record Silence() implements Reply {}

    /// Closes the connection.
    record Closed() implements Reply {}

    ObjectMapper JSON = new ObjectMapper();

    static Reply json(int status, JsonNode body) {
        return json(status, Map.of(), body);
    }

    static Reply json(int status, Map<String, String> headers, JsonNode body) {
        return answer(status, "application/json; charset=utf-8", headers, body.toString());
    }

    static Reply empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    /// An error in the form of Key Vault.
    static Reply error(int status, String code, Optional<String> innerCode, String message) {
        return error(status, Map.of(), code, innerCode, message);
    }

    static Reply error(
            int status, Map<String, String> headers, String code, Optional<String> innerCode, String message) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error").put("code", code).put("message", message);
        innerCode.ifPresent(inner -> error.putObject("innererror").put("code", inner));
        return json(status, headers, root);
    }

    static Reply of(VaultRefusedException refused) {
        return error(refused.status(), refused.code(), refused.innerCode(), refused.getMessage());
    }

    static Reply of(Fault fault) {
        return switch (fault) {
            case Fault.Refused refused ->
                error(
                        refused.status(),
                        refused.headers(),
                        refused.code(),
                        refused.innerCode(),
                        "An injected fault in place of an answer.");
            case Fault.NoToken token -> IdentityApi.refusal(token.code());
            case Fault.Page page -> answer(page.status(), "text/html", Map.of(), page.html());
            case Fault.Hang _ -> new Silence();
            case Fault.Drop _ -> new Closed();
        };
    }

    private static Reply answer(int status, String type, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", type);
        return new Answer(status, all, body);
    }
}
