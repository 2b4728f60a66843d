package io.keyward.domain.id;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The canonical spelling of key names in events (docs/contract.md, "Identifiers"). Two spellings of one key must
/// not become two keys, or a revocation would find only one of them.
final class KeyNames {
    private static final String SCHEME = "https://";
    private static final int MAX_LABEL_LENGTH = 63;
    private static final int MAX_NAME_LENGTH = 127;
    private static final int DEFAULT_PORT = 443;
    private static final int MAX_PORT = 65_535;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /// The groups are the host and the port. Only ASCII is accepted: other letters can become ASCII letters
    /// in lower case.
    private static final Pattern VAULT = Pattern.compile(
            SCHEME + "(" + LABEL + "(?:\\." + LABEL + ")*)\\.?(?::([0-9]{0,10}))?/?", Pattern.CASE_INSENSITIVE);

    private KeyNames() {}

    /// The address of a vault in lower case, without the default port, a trailing dot of the host, or a slash.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_FIELD` if it is not an https URI with only a host
    static String vaultUri(String field, String text) {
        return isPlainVault(text) ? text : canonical(field, text);
    }

    /// The name of a key or a version in lower case.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_FIELD` unless it is 1 to 127 letters, digits and hyphens
    static String name(String field, String text) {
        boolean good = !text.isEmpty() && text.length() <= MAX_NAME_LENGTH;
        for (int i = 0; good && i < text.length(); i++) {
            char c = text.charAt(i);
            good = isLowerOrDigit(c) || c == '-' || (c >= 'A' && c <= 'Z');
        }
        if (!good) {
            throw new RefusedException(
                    RefusalCode.INVALID_FIELD,
                    field + " is not a valid name of a key or version; expected 1 to " + MAX_NAME_LENGTH
                            + " letters, digits and hyphens.");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// A quick check that accepts nearly every address: already canonical, short, and only a host.
    private static boolean isPlainVault(String text) {
        if (!text.startsWith(SCHEME) || text.length() > SCHEME.length() + MAX_LABEL_LENGTH) {
            return false;
        }
        boolean inLabel = false; // a label starts and ends with a letter or a digit
        for (int i = SCHEME.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = isLowerOrDigit(c);
            boolean dot = c == '.' && inLabel;
            boolean hyphen = c == '-' && (inLabel || (i > SCHEME.length() && text.charAt(i - 1) == '-'));
            if (!alphanumeric && !dot && !hyphen) {
                return false;
            }
            inLabel = alphanumeric;
        }
        return inLabel;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static String canonical(String field, String text) {
        Matcher vault = VAULT.matcher(text);
        if (text.length() > Identifiers.MAX_BYTES || !vault.matches()) {
            throw notAVault(field);
        }
        String address = SCHEME + vault.group(1).toLowerCase(Locale.ROOT);
        if (vault.group(2) == null || vault.group(2).isEmpty()) {
            return address;
        }
        long port = Long.parseLong(vault.group(2));
        if (port == 0 || port > MAX_PORT) {
            throw notAVault(field);
        }
        return port == DEFAULT_PORT ? address : address + ":" + port;
    }

    private static RefusedException notAVault(String field) {
        return new RefusedException(
                RefusalCode.INVALID_FIELD,
                field + " is not an address of a vault; expected an https URI with only a host, such as"
                        + " https://contoso.vault.azure.net, in up to " + Identifiers.MAX_BYTES + " bytes.");
    }
}
