package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
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

    /// What comes of wrapping or unwrapping the value in the body with this version.
    byte[] apply(VaultOperation operation, StoredKey key, Version version, JsonNode body) {
        boolean wraps = operation == VaultOperation.WRAP;
        requireUsable(key, version, wraps ? "wrapKey" : "unwrapKey");
        if (wraps && !version.isWithinItsDates(clock.instant())) {
            throw VaultRefusedException.forbidden("Operation wrapKey is not allowed on a key outside its dates.");
        }
        if (!key.kind().isRsa() || !body.path("alg").asText().equals(ALGORITHM)) {
            throw VaultRefusedException.badParameter("Key and algorithm must be RSA and " + ALGORITHM + ".");
        }
        KeyPair pair = pairs.of(key, version);
        return wraps
                ? apply(Cipher.ENCRYPT_MODE, pair.getPublic(), body, "The value cannot be wrapped.")
                : apply(Cipher.DECRYPT_MODE, pair.getPrivate(), body, "The value was not wrapped by this version.");
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
}
