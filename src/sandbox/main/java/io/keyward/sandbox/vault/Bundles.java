package io.keyward.sandbox.vault;

import static io.keyward.sandbox.http.RequestParts.JSON;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// Keys in the JSON form of Azure's REST API.
record Bundles(KeyPairs pairs) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    ObjectNode key(StoredVault vault, StoredKey key, Version version) {
        ObjectNode bundle = JSON.createObjectNode();
        ObjectNode jwk = bundle.putObject("key")
                .put("kid", id(vault, key, version))
                .put("kty", key.kind().type());
        key.operations().forEach(jwk.withArray("key_ops")::add);
        material(jwk, pairs.of(key, version));
        ObjectNode attributes = version.attributes()
                .put("created", version.created().getEpochSecond())
                .put("updated", version.updated().getEpochSecond())
                .put("recoveryLevel", vault.purgeProtected() ? "Recoverable" : "Recoverable+Purgeable")
                .put("recoverableDays", StoredKey.RETENTION_DAYS);
        return bundle.set("attributes", attributes);
    }

    ObjectNode deleted(StoredVault vault, StoredKey key) {
        return key(vault, key, key.current())
                .put("recoveryId", "https://" + vault.host() + "/deletedkeys/" + key.name())
                .put("deletedDate", key.deletedAt().map(Instant::getEpochSecond).orElseThrow())
                .put(
                        "scheduledPurgeDate",
                        key.purgedAt().map(Instant::getEpochSecond).orElseThrow());
    }

    /// The result of an operation with a version.
    static ObjectNode result(StoredVault vault, StoredKey key, Version version, byte[] value) {
        return JSON.createObjectNode().put("kid", id(vault, key, version)).put("value", BASE64.encodeToString(value));
    }

    private static String id(StoredVault vault, StoredKey key, Version version) {
        return "https://" + vault.host() + "/keys/" + key.name() + "/" + version.id();
    }

    private static void material(ObjectNode jwk, KeyPair pair) {
        switch (pair.getPublic()) {
            case RSAPublicKey rsa -> jwk.put("n", text(rsa.getModulus())).put("e", text(rsa.getPublicExponent()));
            case ECPublicKey ec ->
                jwk.put("crv", "P-256")
                        .put("x", text(ec.getW().getAffineX()))
                        .put("y", text(ec.getW().getAffineY()));
            default -> throw new IllegalStateException(pair.getPublic().getAlgorithm());
        }
    }

    /// Unsigned and big-endian, as in JSON Web Keys.
    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
