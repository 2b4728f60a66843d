package io.keyward.sandbox.vault;

import static io.keyward.sandbox.http.RequestParts.JSON;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.ops.http.EndpointResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An emulated vault refuses a request, with Azure's response for it.
final class VaultRefusedException extends RuntimeException {
    private static final byte[] NO_DOCUMENT = "OK".getBytes(StandardCharsets.UTF_8);

    private final String code;
    private final transient EndpointResponse response;

    VaultRefusedException(int status, String code, Optional<String> innerCode, String message) {
        this(status, Map.of(), code, innerCode, message);
    }

    VaultRefusedException(
            int status, Map<String, String> headers, String code, Optional<String> innerCode, String message) {
        super(message);
        this.code = code;
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error").put("code", code).put("message", message);
        innerCode.ifPresent(inner -> error.putObject("innererror").put("code", inner));
        EndpointResponse json = Emulation.json(status, root.toString());
        response = new EndpointResponse(status, json.contentType(), json.body(), headers);
    }

    EndpointResponse response() {
        return response;
    }

    /// The same refusal in the words of a Managed HSM: a challenge has no document, others have no inner code.
    EndpointResponse byManagedHsm() {
        return response.status() == 401
                ? new EndpointResponse(401, response.contentType(), NO_DOCUMENT, response.headers())
                : new VaultRefusedException(
                                response.status(),
                                code,
                                Optional.empty(),
                                "%s (Activity ID: %s)".formatted(getMessage(), UUID.randomUUID()))
                        .response();
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

    /// A Managed HSM has no local role assignment that allows it.
    static VaultRefusedException accessDenied(String action, String key) {
        return new VaultRefusedException(
                403,
                "AccessDenied",
                Optional.empty(),
                "Not authorized to access %s on /keys/%s".formatted(action, key));
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
}
