package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.sandbox.http.Request;
import io.keyward.sandbox.http.Response;
import java.util.Map;
import java.util.Optional;

/// Azure's REST API for the keys in a vault. It checks a request in Azure's order: identity, network,
/// permission, and then the request itself.
record VaultApi(Vaults vaults, Tokens tokens, Bundles bundles, VaultCrypto crypto) {
    /// If the vault does not exist, there is no response, as its host name would not resolve.
    Response answer(Request request) {
        return vaults.find(request.host()).map(vault -> answer(vault, request)).orElseGet(Response.Closed::new);
    }

    private Response answer(StoredVault vault, Request request) {
        VaultCall call = VaultCall.of(vault, request);
        Optional<Tokens.Token> token = request.token()
                .flatMap(tokens::read)
                .filter(known -> known.resource().equals(vault.resource()));
        if (token.isEmpty()) {
            return challenge(vault, "AKV10000: Request is missing a Bearer or PoP token.");
        }
        boolean owner = token.get().clientId().equals(Emulation.OWNER);
        if (!owner && !token.get().tenantId().equalsIgnoreCase(vault.tenantId())) {
            return challenge(vault, "AKV10032: Invalid issuer.");
        }
        if (!request.query().containsKey("api-version")) {
            throw VaultRefusedException.badParameter("api-version must be specified.");
        }
        if (!owner) {
            requireAccess(vault, call);
        }
        return done(vault, call, request.json());
    }

    private static Response challenge(StoredVault vault, String message) {
        String header = "Bearer authorization=\"https://login.microsoftonline.com/%s\", resource=\"%s\""
                .formatted(vault.tenantId(), vault.resource());
        return VaultResponses.error(401, Map.of("WWW-Authenticate", header), "Unauthorized", Optional.empty(), message);
    }

    private static void requireAccess(StoredVault vault, VaultCall call) {
        if (vault.barrier().filter(Barrier.NETWORK::equals).isPresent()) {
            throw VaultRefusedException.forbidden(
                    "ForbiddenByFirewall", "Client address is not authorized and caller is not a trusted service.");
        }
        if (vault.barrier().filter(Barrier.POLICY::equals).isPresent()) {
            throw VaultRefusedException.forbidden(
                    "ForbiddenByPolicy", "The application does not have that permission on this vault.");
        }
        boolean denied = Optional.ofNullable(vault.keys().get(call.key()))
                .filter(StoredKey::denied)
                .isPresent();
        if (denied || !call.operation().isForKeyward()) {
            throw VaultRefusedException.forbidden(
                    "ForbiddenByRbac",
                    "Caller is not authorized to perform action %s on resource."
                            .formatted(call.operation().action()));
        }
    }

    private Response done(StoredVault vault, VaultCall call, JsonNode body) {
        String host = vault.host();
        String name = call.key();
        return switch (call.operation()) {
            case GET -> shown(vault, vaults.key(host, name), call.version());
            case WRAP -> {
                StoredKey key = vaults.key(host, name);
                yield Response.json(200, crypto.wrap(vault, key, version(key, call.version()), body));
            }
            case UNWRAP -> {
                StoredKey key = vaults.key(host, name);
                yield Response.json(200, crypto.unwrap(vault, key, version(key, call.version()), body));
            }
            case GET_DELETED -> Response.json(200, bundles.deleted(vault, vaults.deleted(host, name)));
            case CREATE -> shown(vault, vaults.create(host, name, KeyRequests.create(body)), "");
            case ROTATE -> shown(vault, vaults.rotate(host, name), "");
            case UPDATE ->
                shown(
                        vault,
                        vaults.update(host, name, call.version(), KeyRequests.change(body, vaults.now())),
                        call.version());
            case DELETE -> Response.json(200, bundles.deleted(vault, vaults.delete(host, name)));
            case RECOVER -> shown(vault, vaults.recover(host, name), "");
            case PURGE -> {
                vaults.purge(host, name);
                yield Response.empty(204);
            }
        };
    }

    private Response shown(StoredVault vault, StoredKey key, String version) {
        return Response.json(200, bundles.key(vault, key, version(key, version)));
    }

    private static Version version(StoredKey key, String id) {
        return key.version(id).orElseThrow(() -> VaultRefusedException.keyNotFound(key.name() + "/" + id));
    }
}
