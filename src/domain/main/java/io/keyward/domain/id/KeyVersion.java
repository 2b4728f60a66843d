package io.keyward.domain.id;

/// One version of a key, in lower case. Key Vault's identifiers are case-insensitive, and no revocation may be
/// missed because a version is written differently.
///
/// [#parse] creates the versions that events or a vault name. The constructor accepts what the stores contain: an
/// earlier release may have stored versions that events may not name.
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
