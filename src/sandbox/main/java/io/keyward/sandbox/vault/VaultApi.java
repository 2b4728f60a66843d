package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.sandbox.http.RequestParts;
import java.util.Map;
import java.util.Optional;

/// The part of Azure's REST API for the keys in a vault or Managed HSM that Keyward uses. It checks a request in
/// Azure's order: identity, network, permission, and then the request itself.
record VaultApi(Vaults vaults, Tokens tokens, Bundles bundles, VaultCrypto crypto) {
    /// If the vault does not exist, there is no response, as its host name would not resolve.
    Optional<EndpointResponse> answer(EndpointRequest request) {
        return vaults.find(RequestParts.host(request)).map(vault -> {
            try {
                return answer(vault, request);
            } catch (VaultRefusedException refused) {
                return vault.isManagedHsm() ? refused.byManagedHsm() : refused.response();
            }
        });
    }

    private EndpointResponse answer(StoredVault vault, EndpointRequest request) {
        VaultCall call = VaultCall.of(request);
        Optional<Tokens.Token> token = request.bearerToken()
                .flatMap(tokens::read)
                .filter(known -> known.resource().equals(vault.resource()));
        if (token.isEmpty()) {
            throw challenge(vault, "AKV10000: Request is missing a Bearer or PoP token.");
        }
        if (!token.get().tenantId().equalsIgnoreCase(vault.tenantId())) {
            throw challenge(vault, "AKV10032: Invalid issuer.");
        }
        if (request.parameter("api-version").isEmpty()) {
            throw VaultRefusedException.badParameter("api-version must be specified.");
        }
        requireAccess(vault, call, token.get().grantee());
        return Emulation.json(200, done(vault, call, RequestParts.json(request)).toString());
    }

    private static VaultRefusedException challenge(StoredVault vault, String message) {
        String header = "Bearer authorization=\"https://login.microsoftonline.com/%s\", resource=\"%s\""
                .formatted(vault.tenantId(), vault.resource());
        return new VaultRefusedException(
                401, Map.of("WWW-Authenticate", header), "Unauthorized", Optional.empty(), message);
    }

    /// The firewall and the access policies of the emulator concern Keyward only.
    private static void requireAccess(StoredVault vault, VaultCall call, Grantee grantee) {
        Optional<Barrier> barrier = vault.barrier().filter(_ -> grantee == Grantee.KEYWARD);
        if (barrier.filter(Barrier.NETWORK::equals).isPresent()) {
            throw VaultRefusedException.forbidden(
                    "ForbiddenByFirewall", "Client address is not authorized and caller is not a trusted service.");
        }
        if (barrier.filter(Barrier.POLICY::equals).isPresent()) {
            throw VaultRefusedException.forbidden(
                    "ForbiddenByPolicy", "The application does not have that permission on this vault.");
        }
        boolean denied =
                vault.key(call.key()).filter(key -> key.deniedTo(grantee)).isPresent();
        if (vault.isManagedHsm() && (denied || call.operation() == VaultOperation.GET_DELETED)) {
            throw VaultRefusedException.accessDenied(call.operation().localAction(), call.key());
        }
        if (denied) {
            throw VaultRefusedException.forbidden(
                    "ForbiddenByRbac",
                    "Caller is not authorized to perform action %s on resource."
                            .formatted(call.operation().action()));
        }
    }

    private ObjectNode done(StoredVault vault, VaultCall call, JsonNode body) {
        if (call.operation() == VaultOperation.GET_DELETED) {
            return bundles.deleted(vault, vaults.deleted(vault.host(), call.key()));
        }
        StoredKey key = vaults.key(vault.host(), call.key());
        Version version = key.version(call.version())
                .orElseThrow(() -> VaultRefusedException.keyNotFound(key.name() + "/" + call.version()));
        return switch (call.operation()) {
            case GET, GET_DELETED -> bundles.key(vault, key, version);
            case WRAP, UNWRAP ->
                Bundles.result(vault, key, version, crypto.apply(call.operation(), key, version, body));
        };
    }
}
