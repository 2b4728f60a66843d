package io.keyward.proof.inputs;

import io.keyward.proof.ProofException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ed25519 keys in PEM files, as `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write them.
public final class SigningKeys {
    private static final String ALGORITHM = "Ed25519";

    private SigningKeys() {}

    /// Reads a private key.
    ///
    /// @throws ProofException if the file cannot be read, or holds no such key
    public static PrivateKey privateKey(Path file) {
        byte[] key = pem(file, "PRIVATE KEY");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException invalid) {
            throw noKey(file, "private", invalid);
        }
    }

    /// Reads a public key.
    ///
    /// @throws ProofException if the file cannot be read, or holds no such key
    public static PublicKey publicKey(Path file) {
        byte[] key = pem(file, "PUBLIC KEY");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(key));
        } catch (GeneralSecurityException invalid) {
            throw noKey(file, "public", invalid);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException failure) {
            throw new ProofException("The base cannot be signed: " + failure.getMessage(), failure);
        }
    }

    static boolean isSigned(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verified = Signature.getInstance(ALGORITHM);
            verified.initVerify(key);
            verified.update(message);
            return verified.verify(signature);
        } catch (GeneralSecurityException invalid) {
            return false;
        }
    }

    private static byte[] pem(Path file, String kind) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException failure) {
            throw new ProofException("The key in %s cannot be read: %s".formatted(file, failure), failure);
        }
        Matcher block = Pattern.compile("-----BEGIN " + kind + "-----([^-]*)-----END " + kind + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new ProofException("%s holds no '%s' in PEM form.".formatted(file, kind));
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException invalid) {
            throw noKey(file, kind, invalid);
        }
    }

    private static ProofException noKey(Path file, String kind, Exception why) {
        return new ProofException("%s holds no %s key of Ed25519: %s".formatted(file, kind, why.getMessage()), why);
    }
}
