package io.keyward.proof.inputs;

import io.keyward.cluster.CommandFailedException;
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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ed25519 keys in PEM files, as `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write them.
public final class SigningKeys {
    private static final String ALGORITHM = "Ed25519";

    private SigningKeys() {}

    /// Reads a private key.
    ///
    /// @throws CommandFailedException if the file cannot be read, or holds no such key
    public static PrivateKey privateKey(Path file) {
        return key(file, "private", (keys, bytes) -> keys.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    }

    /// Reads a public key.
    ///
    /// @throws CommandFailedException if the file cannot be read, or holds no such key
    public static PublicKey publicKey(Path file) {
        return key(file, "public", (keys, bytes) -> keys.generatePublic(new X509EncodedKeySpec(bytes)));
    }

    private interface Decoder<T> {
        T decode(KeyFactory keys, byte[] bytes) throws GeneralSecurityException;
    }

    private static <T> T key(Path file, String kind, Decoder<T> decoder) {
        try {
            return decoder.decode(KeyFactory.getInstance(ALGORITHM), pem(file, kind.toUpperCase(Locale.ROOT) + " KEY"));
        } catch (GeneralSecurityException | IllegalArgumentException invalid) {
            throw new CommandFailedException(
                    "%s holds no %s key of Ed25519: %s".formatted(file, kind, invalid.getMessage()), invalid);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException failure) {
            throw new CommandFailedException("The base cannot be signed: " + failure.getMessage(), failure);
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
            throw new CommandFailedException("The key in %s cannot be read: %s".formatted(file, failure), failure);
        }
        Matcher block = Pattern.compile("-----BEGIN " + kind + "-----([^-]*)-----END " + kind + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new CommandFailedException("%s holds no '%s' in PEM form.".formatted(file, kind));
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }
}
