package io.keyward.sandbox.vault;

import static io.keyward.sandbox.http.RequestParts.JSON;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.sandbox.http.RequestParts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The token endpoints of Entra ID. They give a token to every client.
record IdentityApi(Tokens tokens) {
    private static final String SCOPE_SUFFIX = "/.default";

    /// What Entra ID says of its own hosts.
    private static final String DISCOVERY = """
            {"tenant_discovery_endpoint": "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
              "api-version": "1.1",
              "metadata": [{
                "preferred_network": "login.microsoftonline.com", "preferred_cache": "login.windows.net",
                "aliases": [
                  "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"]}]}
            """;

    /// Whether requests to this host are for this API.
    static boolean serves(String host) {
        return host.startsWith("login.");
    }

    EndpointResponse answer(EndpointRequest request) {
        List<String> path = RequestParts.path(request);
        return Emulation.json(200, path.getLast().equals("token") ? token(path.getFirst(), request.form()) : DISCOVERY);
    }

    private String token(String tenantId, Map<String, String> form) {
        String resource = Arrays.stream(form.getOrDefault("scope", "").split(" ", -1))
                .filter(scope -> scope.endsWith(SCOPE_SUFFIX))
                .map(scope -> scope.substring(0, scope.length() - SCOPE_SUFFIX.length()))
                .findFirst()
                .orElse("");
        return JSON.createObjectNode()
                .put("token_type", "Bearer")
                .put("expires_in", Tokens.LIFE.toSeconds())
                .put("ext_expires_in", Tokens.LIFE.toSeconds())
                .put("access_token", tokens.issue(tenantId, resource, Grantee.of(form.get("client_id"))))
                .toString();
    }
}
