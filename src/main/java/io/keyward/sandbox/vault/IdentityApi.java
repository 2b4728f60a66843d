package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.http.Request;
import io.keyward.sandbox.http.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The token endpoints of Entra ID and of the instance metadata service. They give a token to every
/// client that proves its identity in some way.
record IdentityApi(Tokens tokens) {
    static final String MACHINE = "169.254.169.254";
    static final String MACHINE_TENANT = "00000000-0000-4000-8000-00000000aaaa";

    private static final String SCOPE_SUFFIX = "/.default";
    private static final String AUTHORITY = "login.microsoftonline.com";

    /// Whether requests to this host are for this API.
    static boolean serves(String host) {
        return host.equals(MACHINE) || host.startsWith("login.");
    }

    Response answer(Request request) {
        if (request.host().equals(MACHINE)) {
            return machineToken(request.query("client_id", "machine"), request.query("resource", ""));
        }
        List<String> path = request.path();
        return path.getLast().equals("token")
                ? clientToken(path.getFirst(), request.form())
                : Response.json(200, discovery());
    }

    private Response clientToken(String tenantId, Map<String, String> form) {
        String clientId = form.getOrDefault("client_id", "");
        if (proof(form).isEmpty()) {
            return refusal("AADSTS7000216");
        }
        String resource = Arrays.stream(form.getOrDefault("scope", "").split(" ", -1))
                .filter(scope -> scope.endsWith(SCOPE_SUFFIX))
                .map(scope -> scope.substring(0, scope.length() - SCOPE_SUFFIX.length()))
                .findFirst()
                .orElse("");
        return Response.json(
                200,
                Response.JSON
                        .createObjectNode()
                        .put("token_type", "Bearer")
                        .put("expires_in", Tokens.LIFE.toSeconds())
                        .put("ext_expires_in", Tokens.LIFE.toSeconds())
                        .put("access_token", tokens.issue(tenantId, clientId, resource)));
    }

    /// The client's credential: its secret or its signed assertion.
    static String proof(Map<String, String> form) {
        return form.getOrDefault("client_secret", form.getOrDefault("client_assertion", ""));
    }

    private Response machineToken(String clientId, String resource) {
        String token = tokens.issue(MACHINE_TENANT, clientId, resource);
        Tokens.Token issued = tokens.read(token).orElseThrow();
        return Response.json(
                200,
                Response.JSON
                        .createObjectNode()
                        .put("token_type", "Bearer")
                        .put("client_id", clientId)
                        .put("resource", issued.resource())
                        .put("expires_in", Long.toString(Tokens.LIFE.toSeconds()))
                        .put("expires_on", Long.toString(issued.expiresAt().getEpochSecond()))
                        .put("access_token", token));
    }

    static Response refusal(String code) {
        ObjectNode error = Response.JSON
                .createObjectNode()
                .put("error", code.equals("AADSTS7000215") ? "invalid_client" : "invalid_request")
                .put("error_description", code + ": This emulator does not issue a token.");
        error.putArray("error_codes")
                .add(Long.parseLong(code.toUpperCase(Locale.ROOT).substring("AADSTS".length())));
        return Response.json(code.equals("AADSTS7000215") ? 401 : 400, error);
    }

    private static ObjectNode discovery() {
        ObjectNode root = Response.JSON
                .createObjectNode()
                .put(
                        "tenant_discovery_endpoint",
                        "https://" + AUTHORITY + "/common/v2.0/.well-known/openid-configuration")
                .put("api-version", "1.1");
        root.putArray("metadata")
                .addObject()
                .put("preferred_network", AUTHORITY)
                .put("preferred_cache", "login.windows.net")
                .putArray("aliases")
                .add(AUTHORITY)
                .add("login.windows.net")
                .add("login.microsoft.com")
                .add("sts.windows.net");
        return root;
    }
}
