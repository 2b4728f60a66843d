package io.keyward.domain.id;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Converts key names in events to canonical form (docs/contract.md, "Identifiers"). Two aliases of one key must
/// not become two keys, or a revocation would find only one of them.
public final class KeyNames {
    private static final String SCHEME = "https://";
    private static final int MAX_LABEL_LENGTH = 63;
    private static final int MAX_NAME_LENGTH = 127;

    /// Rejects numbers, because one address has many aliases, such as `127.0.0.1`, `127.1` and `0x7f000001`.
    private static final String LABEL = "(?!(?:[0-9]+|0x[0-9a-f]*)(?![a-z0-9-]))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /// The group is the host. Only ASCII is accepted: other letters can become ASCII letters in lower case.
    private static final Pattern VAULT = Pattern.compile(
            SCHEME + "(" + LABEL + "(?:\\." + LABEL + ")*)\\.?(?::(?:0*443)?)?/?", Pattern.CASE_INSENSITIVE);

    private KeyNames() {}

    /// The address of a vault in lower case, without the default port, a trailing dot of the host, or a slash.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_FIELD` if it is not an https URI with only a host name
    public static String vaultUri(String field, String text) {
        return isPlainVault(text) ? text : canonical(field, text);
    }

    /// The name of a key or a version in lower case.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_FIELD` unless it is 1 to 127 letters, digits and hyphens
    public static String name(String field, String text) {
        boolean good = !text.isEmpty() && text.length() <= MAX_NAME_LENGTH;
        for (int i = 0; good && i < text.length(); i++) {
            char c = text.charAt(i);
            good = isLowerOrDigit(c) || c == '-' || (c >= 'A' && c <= 'Z');
        }
        if (!good) {
            throw RefusedException.invalidField(field + " is not a valid name of a key or version; expected 1 to "
                    + MAX_NAME_LENGTH + " letters, digits and hyphens.");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// A quick check that accepts nearly every address: already canonical, short, only a host, and no label that
    /// begins with a digit.
    private static boolean isPlainVault(String text) {
        if (!text.startsWith(SCHEME) || text.length() > SCHEME.length() + MAX_LABEL_LENGTH) {
            return false;
        }
        boolean inLabel = false; // a label starts and ends with a letter or a digit
        for (int i = SCHEME.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = isLowerOrDigit(c);
            boolean first = i == SCHEME.length() || text.charAt(i - 1) == '.';
            boolean dot = c == '.' && inLabel;
            boolean hyphen = c == '-' && (inLabel || (i > SCHEME.length() && text.charAt(i - 1) == '-'));
            if ((!alphanumeric && !dot && !hyphen) || (first && c <= '9')) {
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
            throw RefusedException.invalidField(
                    field + " is not an address of a vault; expected an https URI with only the name of a host (no"
                            + " address, no label that is a number, no port but 443), such as"
                            + " https://contoso.vault.azure.net, in up to " + Identifiers.MAX_BYTES + " bytes.");
        }
        return SCHEME + vault.group(1).toLowerCase(Locale.ROOT);
    }
}
