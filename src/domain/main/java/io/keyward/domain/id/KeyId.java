package io.keyward.domain.id;

/// A customer's key: its vault and its name in canonical form. Key Vault's identifiers are case-insensitive, and
/// no revocation may be missed because a name is written differently.
///
/// [#parse] creates the keys that events name. The constructor checks nothing, because its texts are already
/// canonical.
public record KeyId(String vaultUri, String keyName) {
    /// The key that an event names, in canonical form.
    ///
    /// @param path the path of the two fields in the schema, such as `key.`
    /// @throws RefusedException `INVALID_FIELD` if the vault is not an https URI with only a host name, or the
    ///     name is not 1 to 127 letters, digits and hyphens
    public static KeyId parse(String path, String vaultUri, String keyName) {
        return new KeyId(KeyNames.vaultUri(path + "vaultUri", vaultUri), KeyNames.name(path + "keyName", keyName));
    }

    @Override
    public String toString() {
        return vaultUri + "/keys/" + keyName;
    }
}
