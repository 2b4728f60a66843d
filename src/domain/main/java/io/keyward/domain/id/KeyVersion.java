package io.keyward.domain.id;

/// One version of a key, in lower case. Key Vault's identifiers are case-insensitive, and no revocation must
/// be missed because of its spelling.
///
/// Versions that events name are made by [#parse]. The constructor accepts what the stores can hold, because
/// an earlier version may have stored it. It throws a [RefusedException] with `INVALID_FIELD` if the text is
/// blank, too long or holds a control character.
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
