package io.keyward.config;

import io.keyward.domain.id.KeyId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The address of a key in the portal of its vault, as a URI template (RFC 6570, level 1) with the variables
/// `vault`, the host name of the vault, and `key`. The host name of the address cannot contain variables.
public record VaultLink(String template) {
    static final String ACCEPTED = "an https address that may contain {vault} and {key} after the host name, for"
            + " example https://portal.azure.com/#asset/Microsoft_Azure_KeyVault/Key/https://{vault}/keys/{key}";
    private static final Pattern TEMPLATE =
            Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?/([^{}\\s]|\\{vault\\}|\\{key\\})*");

    /// @throws IllegalArgumentException if it is not such a template
    public VaultLink {
        URI address = URI.create(expanded(template, "vault", "key"));
        Parsers.require(template, TEMPLATE.matcher(template).matches() && address.getHost() != null);
    }

    /// The address of a key. Vault and key name are encoded, so each stays within its segment.
    public String of(KeyId key) {
        return expanded(template, key.vaultUri().replaceFirst("^https://", ""), key.keyName());
    }

    @Override
    public String toString() {
        return template;
    }

    private static String expanded(String template, String vault, String key) {
        return template.replace("{key}", encoded(key)).replace("{vault}", encoded(vault));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
