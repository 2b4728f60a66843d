package io.keyward.cli.command;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.RefusedException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// A key as typed: its URI, with or without a version, or `VAULT/KEY`, where a vault without a domain is one in
/// Azure's public cloud. Only a key that events can name is accepted: nothing can be known about any other.
record KeyArgument(KeyReference reference) {
    /// The domain of the vaults in Azure's public cloud.
    static final String DOMAIN = ".vault.azure.net";

    private static final String SCHEME = "https://";
    private static final Pattern URI = Pattern.compile(SCHEME + "([0-9a-z.:-]+)/keys/([0-9a-z-]+)(?:/([0-9a-z-]+))?/?");
    private static final Pattern SHORT = Pattern.compile("([0-9a-z.:-]+)/([0-9a-z-]+)");

    String host() {
        return reference.key().vaultUri().substring(SCHEME.length());
    }

    String name() {
        return reference.key().keyName();
    }

    Optional<String> version() {
        return reference.version().map(KeyVersion::value);
    }

    static KeyArgument parse(String text) {
        String key = text.toLowerCase(Locale.ROOT);
        Matcher uri = URI.matcher(key);
        Matcher brief = SHORT.matcher(key);
        try {
            if (uri.matches()) {
                return of(uri.group(1), uri.group(2), Optional.ofNullable(uri.group(3)));
            }
            if (brief.matches()) {
                String domain = brief.group(1).contains(".") ? "" : DOMAIN;
                return of(brief.group(1) + domain, brief.group(2), Optional.empty());
            }
        } catch (RefusedException refused) {
            throw new TypeConversionException("'%s' is not a key: %s".formatted(text, refused.detail()));
        }
        throw new TypeConversionException(
                "'%s' is not a key; it must be https://VAULT.vault.azure.net/keys/KEY, VAULT/KEY, or the URI of a key in a Managed HSM."
                        .formatted(text));
    }

    private static KeyArgument of(String host, String name, Optional<String> version) {
        return new KeyArgument(new KeyReference(
                KeyId.parse("", SCHEME + host, name), version.map(id -> KeyVersion.parse("keyVersion", id))));
    }
}
