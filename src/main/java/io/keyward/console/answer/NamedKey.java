package io.keyward.console.answer;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.util.Optional;

/// A key, or one version of it.
public record NamedKey(String vaultUri, String keyName, Optional<String> keyVersion) {
    private static final String SCHEME = "https://";

    static NamedKey from(KeyReference key) {
        return new NamedKey(
                key.key().vaultUri(), key.key().keyName(), key.version().map(KeyVersion::value));
    }

    /// The whole key that this names.
    public KeyId key() {
        return new KeyId(vaultUri, keyName);
    }

    /// The vault as it stands in paths of the console: its host name, with the port if that is not 443.
    public String vault() {
        return vaultUri.startsWith(SCHEME) ? vaultUri.substring(SCHEME.length()) : vaultUri;
    }
}
