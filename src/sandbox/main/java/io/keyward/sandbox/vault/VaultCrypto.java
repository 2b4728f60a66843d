package io.keyward.sandbox.vault;

import static io.keyward.sandbox.http.RequestParts.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// Wraps and unwraps with keys that are enabled and permit the operation. To wrap, the key must also be within
/// its validity dates. RSA-OAEP with SHA-256 is the only emulated algorithm.
record VaultCrypto(KeyPairs pairs, Clock clock) {
    private static final String ALGORITHM = "RSA-OAEP-256";
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    ObjectNode wrap(StoredVault vault, StoredKey key, Version version, JsonNode body) {
        requireUsable(key, version, "wrapKey");
        if (!version.isWithinItsDates(clock.instant())) {
            throw VaultRefusedException.forbidden("Operation wrapKey is not allowed on a key outside its dates.");
        }
        PublicKey half = pair(key, version, body).getPublic();
        byte[] wrapped = apply(Cipher.ENCRYPT_MODE, half, body, "The value cannot be wrapped.");
        return result(vault, key, version, wrapped);
    }

    ObjectNode unwrap(StoredVault vault, StoredKey key, Version version, JsonNode body) {
        requireUsable(key, version, "unwrapKey");
        PrivateKey half = pair(key, version, body).getPrivate();
        byte[] unwrapped = apply(Cipher.DECRYPT_MODE, half, body, "The value was not wrapped by this version.");
        return result(vault, key, version, unwrapped);
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
        return pairs.of(key, version);
    }

    private static byte[] apply(int mode, Key half, JsonNode body, String failed) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(mode, half, OAEP);
            return cipher.doFinal(value(body));
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
        return JSON.createObjectNode()
                .put("kid", Bundles.id(vault, key, version))
                .put("value", BASE64.encodeToString(value));
    }
}
