package io.keyward.domain.id;

/// One version of a key, in lower case. Key Vault's identifiers are case-insensitive, and no revocation must
/// be missed because of its spelling.
///
/// Versions that events or a vault name are made by [#parse]. The constructor accepts what the stores hold: an earlier
/// version may have stored what events may not name.
public record KeyVersion(String value) {
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
