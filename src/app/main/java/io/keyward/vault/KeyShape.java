package io.keyward.vault;

/// The type and size of a key; `bits` is 0 if the type has no size.
public record KeyShape(Kind kind, int bits) {
    /// The type of a key, and whether an HSM holds it.
    public enum Kind {
        RSA,
        RSA_HSM,
        OTHER
    }

    /// Whether an enterprise policy accepts the key: RSA or RSA-HSM with 2048, 3072 or 4096 bits.
    public boolean suitable() {
        return kind != Kind.OTHER && (bits == 2048 || bits == 3072 || bits == 4096);
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
