package io.keyward.vault;

/// The kind and size of a key; `bits` is 0 where the kind has no size of its own.
public record KeyShape(Kind kind, int bits) {
    /// What a key is made of and where it is kept.
    public enum Kind {
        RSA,
        RSA_HSM,
        OTHER
    }

    /// Whether an enterprise policy accepts it: RSA or RSA-HSM of 2048, 3072 or 4096 bits.
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
