package io.keyward.vault;

/// The type and size of a key; `bits` is 0 if the type has no size.
public record KeyShape(Kind kind, int bits) {
    /// The type of a key, and whether an HSM holds it.
    public enum Kind {
        RSA,
        RSA_HSM,
        OTHER
    }

    /// Whether the key is an RSA key of any size.
    public boolean isRsa() {
        return kind != Kind.OTHER;
    }

    /// Whether a new enterprise policy accepts the type and size. It says nothing about a key that is in use: the
    /// platform has accepted it, or has not.
    public boolean fitsPolicy() {
        return isRsa() && (bits == 2048 || bits == 3072);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case RSA -> "RSA " + bits;
            case RSA_HSM -> "RSA-HSM " + bits;
            case OTHER -> "not RSA";
        };
    }
}
