package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.http.Response;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// Wraps and unwraps with keys that are enabled and permit the operation. To wrap, the key must also be within
/// its validity dates. RSA-OAEP with SHA-256 is the only emulated algorithm.
record VaultCrypto(Vaults vaults) {
    private static final String ALGORITHM = "RSA-OAEP-256";
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    ObjectNode wrap(StoredVault vault, StoredKey key, Version version, JsonNode body) {
        requireUsable(key, version, "wrapKey");
        if (!version.isWithinItsDates(vaults.now())) {
            throw VaultRefusedException.forbidden("Operation wrapKey is not allowed on a key outside its dates.");
        }
        return result(
                vault,
                key,
                version,
                apply(
                        Cipher.ENCRYPT_MODE,
                        pair(key, version, body).getPublic(),
                        value(body),
                        "The value cannot be wrapped."));
    }

    ObjectNode unwrap(StoredVault vault, StoredKey key, Version version, JsonNode body) {
        requireUsable(key, version, "unwrapKey");
        return result(
                vault,
                key,
                version,
                apply(
                        Cipher.DECRYPT_MODE,
                        pair(key, version, body).getPrivate(),
                        value(body),
                        "The value was not wrapped by this version."));
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
        if (!key.kind().isRsa() || !body.path("alg").asText().equals(ALGORITHM)) {
            throw VaultRefusedException.badParameter("Key and algorithm must be RSA and " + ALGORITHM + ".");
        }
        return vaults.pairs().get(key.kind(), version.pair());
    }

    private static byte[] apply(int mode, Key half, byte[] value, String failed) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(mode, half, OAEP);
            return cipher.doFinal(value);
        } catch (GeneralSecurityException refused) {
            throw VaultRefusedException.badParameter(failed);
        }
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
