package io.keyward.domain.id;

/// A customer's key: its vault and its name in one canonical spelling. Key Vault's identifiers are
/// case-insensitive, and no revocation must be missed because of its spelling.
///
/// [#parse] makes the keys that events name. The constructor checks nothing: its texts are canonical already.
public record KeyId(String vaultUri, String keyName) {
    /// The key that an event names, in its canonical spelling.
    ///
    /// @param path the path of the two fields in the schema, such as `key.`
    /// @throws RefusedException `INVALID_FIELD` if the vault is not an https URI with only the name of a host,
    ///     or the name is not 1 to 127 letters, digits and hyphens
    public static KeyId parse(String path, String vaultUri, String keyName) {
        return new KeyId(KeyNames.vaultUri(path + "vaultUri", vaultUri), KeyNames.name(path + "keyName", keyName));
    }

    @Override
    public String toString() {
        return vaultUri + "/keys/" + keyName;
    }
}
