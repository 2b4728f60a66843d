package io.keyward.domain.id;

import java.util.Optional;

/// A customer's key: its vault and its name in one canonical spelling. Key Vault's identifiers are
/// case-insensitive, and no revocation must be missed because of its spelling.
///
/// Keys that events name are made by [#parse]. The constructor accepts what the stores hold, in lower case and without
/// a slash at the end of the vault: an earlier version may have stored names that events may not use.
public record KeyId(String vaultUri, String keyName) {
    /// The key that an event names, in its canonical spelling.
    ///
    /// @param path the path of the two fields in the schema, such as `key.`
    /// @throws RefusedException `INVALID_FIELD` if the vault is not an https URI with only the name of a host,
    ///     or the name is not 1 to 127 letters, digits and hyphens
    public static KeyId parse(String path, String vaultUri, String keyName) {
        return new KeyId(KeyNames.vaultUri(path + "vaultUri", vaultUri), KeyNames.name(path + "keyName", keyName));
    }

    /// The same key in the spelling of events. It differs only for keys that an earlier version stored; empty
    /// if no event can name the key.
    public Optional<KeyId> asEventsNameIt() {
        try {
            return Optional.of(parse("", vaultUri, keyName));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return vaultUri + "/keys/" + keyName;
    }
}
