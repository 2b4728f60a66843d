package io.keyward.app.command;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A key as typed: its URI, with or without a version, or `VAULT/KEY`, where a vault without a domain is one in Azure's
/// public cloud.
record KeyArgument(String host, String name, Optional<String> version) {
    private static final Pattern URI =
            Pattern.compile("https://([0-9a-z.-]+(?::[0-9]+)?)/keys/([0-9a-z-]+)(?:/([0-9a-z-]+))?/?");
    private static final Pattern SHORT = Pattern.compile("([0-9a-z.-]+(?::[0-9]+)?)/([0-9a-z-]+)");

    KeyReference reference() {
        return new KeyReference(new KeyId("https://" + host, name), version.map(KeyVersion::new));
    }

    static KeyArgument parse(String text) {
        String key = text.toLowerCase(Locale.ROOT);
        Matcher uri = URI.matcher(key);
        if (uri.matches()) {
            return new KeyArgument(uri.group(1), uri.group(2), Optional.ofNullable(uri.group(3)));
        }
        Matcher brief = SHORT.matcher(key);
        if (brief.matches()) {
            String host = brief.group(1).contains(".") ? brief.group(1) : brief.group(1) + ".vault.azure.net";
            return new KeyArgument(host, brief.group(2), Optional.empty());
        }
        throw new TypeConversionException(
                "'%s' is not a key; expected is https://VAULT.vault.azure.net/keys/KEY, or VAULT/KEY.".formatted(text));
    }

    static final class KeyConverter implements ITypeConverter<KeyArgument> {
        @Override
        public KeyArgument convert(String text) {
            return parse(text);
        }
    }
}
