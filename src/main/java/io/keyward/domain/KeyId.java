package io.keyward.domain;

/// A customer's key: its vault and its name, in one canonical spelling (lower case, no slash at the end), because
/// Key Vault's identifiers are case-insensitive and a revocation must not be missed for its spelling.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown when a part is blank, too long or holds a control character.
public record KeyId(String vaultUri, String keyName) {
    public KeyId {
        vaultUri = withoutTrailingSlashes(Identifiers.caselessName("vaultUri", vaultUri));
        keyName = Identifiers.caselessName("keyName", keyName);
        if (vaultUri.isBlank()) {
            throw new RefusedException(RefusalCode.INVALID_FIELD, "vaultUri holds nothing but slashes.");
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
