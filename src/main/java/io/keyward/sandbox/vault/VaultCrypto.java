package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.http.Response;
import java.security.KeyPair;
import java.util.Base64;

/// Wraps and unwraps with keys that are enabled and permit the operation. To wrap, the key must also be within
/// its validity dates.
record VaultCrypto(Vaults vaults) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    ObjectNode wrap(StoredVault vault, StoredKey key, Version version, JsonNode body) {
        requireUsable(key, version, "wrapKey");
        if (!version.isWithinItsDates(vaults.now())) {
            throw VaultRefusedException.forbidden("Operation wrapKey is not allowed on a key outside its dates.");
        }
        return result(vault, key, version, WrapAlgorithm.wrap(pair(key, version, body), value(body)));
    }

    ObjectNode unwrap(StoredVault vault, StoredKey key, Version version, JsonNode body) {
        requireUsable(key, version, "unwrapKey");
        return result(vault, key, version, WrapAlgorithm.unwrap(pair(key, version, body), value(body)));
    }

    private static void requireUsable(StoredKey key, Version version, String operation) {
        if (!version.enabled()) {
            throw VaultRefusedException.forbidden(
                    "KeyDisabled", "Operation %s is not allowed on a disabled key.".formatted(operation));
        }
        if (!key.operations().contains(operation)) {
            throw VaultRefusedException.forbidden(
                    "KeyOperationForbidden", "Operation %s is not permitted on this key.".formatted(operation));
        }
    }

    private KeyPair pair(StoredKey key, Version version, JsonNode body) {
        if (!key.kind().isRsa() || !body.path("alg").asText().equals(WrapAlgorithm.NAME)) {
            throw VaultRefusedException.badParameter("Key and algorithm must be RSA and " + WrapAlgorithm.NAME + ".");
        }
        return vaults.pairs().get(key.kind(), version.pair());
    }

    private static byte[] value(JsonNode body) {
        try {
            return Base64.getUrlDecoder().decode(body.path("value").asText());
        } catch (IllegalArgumentException malformed) {
            throw VaultRefusedException.badParameter("value must be base64url.");
        }
    }

    private static ObjectNode result(StoredVault vault, StoredKey key, Version version, byte[] value) {
        return Response.JSON
                .createObjectNode()
                .put("kid", Bundles.id(vault, key, version))
                .put("value", BASE64.encodeToString(value));
    }
}
