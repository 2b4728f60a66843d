package io.keyward.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A pair of keys that signs bases, as files in PEM form.
public record SigningKeyFiles(Path privateKey, Path publicKey) {
    /// Makes a pair in this folder.
    public static SigningKeyFiles in(Path folder) throws NoSuchAlgorithmException, IOException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new SigningKeyFiles(
                Files.writeString(
                        folder.resolve("private.pem"),
                        pem("PRIVATE KEY", keys.getPrivate().getEncoded())),
                Files.writeString(
                        folder.resolve("public.pem"),
                        pem("PUBLIC KEY", keys.getPublic().getEncoded())));
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(kind, Base64.getEncoder().encodeToString(bytes));
    }
}
