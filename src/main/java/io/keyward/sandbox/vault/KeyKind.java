package io.keyward.sandbox.vault;

import java.util.Locale;

/// A key's type as Azure names it (`RSA`, `RSA-HSM`, `EC`) and its size in bits (256 for EC).
public record KeyKind(String type, int bits) {
    public static final KeyKind RSA_2048 = new KeyKind("RSA", 2048);

    public KeyKind {
        boolean known = switch (type) {
            case "RSA", "RSA-HSM" -> bits == 2048 || bits == 3072 || bits == 4096;
            case "EC" -> bits == 256;
            default -> false;
        };
        if (!known) {
            throw VaultRefusedException.badParameter("kty %s of %d bits is not emulated".formatted(type, bits));
        }
    }

    boolean isRsa() {
        return !type.equals("EC");
    }

    /// The name of the pool of key pairs for this kind. HSM keys use the same pools as others.
    String pool() {
        return (isRsa() ? "rsa-" : "ec-") + bits;
    }

    static KeyKind of(String type, int bits) {
        String known = type.toUpperCase(Locale.ROOT);
        return new KeyKind(known, known.equals("EC") ? 256 : bits);
    }
}
