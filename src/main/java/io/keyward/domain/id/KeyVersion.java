package io.keyward.domain.id;

/// One version of a key, in lower case: Key Vault's identifiers are case-insensitive, and a revocation must not be
/// missed for its spelling.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown when the text is blank, too long or holds a control character:
/// the stores can hold everything else, and an earlier version may have. What an event names is made by [#of].
public record KeyVersion(String value) {
    public KeyVersion {
        value = Identifiers.caselessName("keyVersion", value);
    }

    /// The version that an event names.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_FIELD` unless it is 1 to 127 letters, digits and hyphens
    public static KeyVersion parse(String field, String value) {
        return new KeyVersion(KeyNames.name(field, value));
    }

    @Override
    public String toString() {
        return value;
    }
}
