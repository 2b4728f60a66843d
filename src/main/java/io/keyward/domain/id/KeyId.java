package io.keyward.domain.id;

import java.util.Optional;

/// A customer's key: its vault and its name, in one spelling, because Key Vault's identifiers are case-insensitive,
/// and a revocation must not be missed for its spelling.
///
/// What an event names is made by [#of]. The constructor takes what the stores can hold, in lower case and without
/// slashes at the end of the vault: an earlier version has stored what no event may name any more. It throws a
/// [RefusedException] with `INVALID_FIELD` when a part is blank, too long or holds a control character.
public record KeyId(String vaultUri, String keyName) {
    public KeyId {
        vaultUri = withoutTrailingSlashes(Identifiers.caselessName("vaultUri", vaultUri));
        keyName = Identifiers.caselessName("keyName", keyName);
        if (vaultUri.isBlank()) {
            throw new RefusedException(RefusalCode.INVALID_FIELD, "vaultUri holds nothing but slashes.");
        }
    }

    /// The key that an event names, in its one spelling.
    ///
    /// @param path what leads to the two fields in the schema, such as `key.`
    /// @throws RefusedException `INVALID_FIELD` if the vault is no https URI of a host and nothing behind it, or
    ///     the name is not 1 to 127 letters, digits and hyphens
    public static KeyId parse(String path, String vaultUri, String keyName) {
        return new KeyId(KeyNames.vaultUri(path + "vaultUri", vaultUri), KeyNames.name(path + "keyName", keyName));
    }

    /// The same key as events name it, which is itself for all but what an earlier version has stored; empty if no
    /// event can name it.
    public Optional<KeyId> asEventsNameIt() {
        try {
            return Optional.of(parse("", vaultUri, keyName));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    private static String withoutTrailingSlashes(String uri) {
        int end = uri.length();
        while (end > 0 && uri.charAt(end - 1) == '/') {
            end--;
        }
        return uri.substring(0, end);
    }

    @Override
    public String toString() {
        return vaultUri + "/keys/" + keyName;
    }
}
