package io.keyward.sandbox.vault;

/// A key's type as Azure names it (`RSA`, `RSA-HSM`, `EC`) and its size in bits (256 for EC).
public record KeyKind(String type, int bits) {
    public static final KeyKind RSA_2048 = new KeyKind("RSA", 2048);

    public KeyKind {
        boolean known = switch (type) {
            case "RSA", "RSA-HSM" -> bits == 1024 || bits == 2048 || bits == 3072 || bits == 4096;
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
}
