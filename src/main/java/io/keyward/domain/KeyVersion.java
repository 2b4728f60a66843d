package io.keyward.domain;

/// One version of a key, in lower case: Key Vault's identifiers are case-insensitive, and a revocation must not be
/// missed for its spelling.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown when the text is blank, too long or holds a control character.
public record KeyVersion(String value) {
    public KeyVersion {
        value = Identifiers.caselessName("keyVersion", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
