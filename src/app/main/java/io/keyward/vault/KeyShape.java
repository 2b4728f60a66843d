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

    @Override
    public String toString() {
        return switch (kind) {
            case RSA -> "RSA " + bits;
            case RSA_HSM -> "RSA-HSM " + bits;
            case OTHER -> "not RSA";
        };
    }
}
