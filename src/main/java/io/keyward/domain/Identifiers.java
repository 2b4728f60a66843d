package io.keyward.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/// The one place where identifiers are checked, so that no invalid one can exist inside (contract, section 1).
final class Identifiers {
    static final int MAX_BYTES = 200;

    private Identifiers() {}

    /// Accepts `value` if it may be part of a record key.
    ///
    /// @throws RefusedException `INVALID_ID` if it is blank, longer than 200 bytes, or holds `/` or a control
    ///     character
    static void id(String field, String value) {
        check(RefusalCode.INVALID_ID, field, value, false);
    }

    /// The one spelling, in lower case, of a name without control characters; `/` is allowed, because it never becomes
    /// part of a record key. The spelling is within the limit itself, since that is what is stored and read back.
    ///
    /// @throws RefusedException `INVALID_FIELD` otherwise
    static String caselessName(String field, String value) {
        String name = value.toLowerCase(Locale.ROOT);
        check(RefusalCode.INVALID_FIELD, field, name, true);
        return name;
    }

    private static void check(RefusalCode code, String field, String value, boolean slashAllowed) {
        Objects.requireNonNull(value, field);
        if (!isPlain(value, slashAllowed)) {
            checkEach(code, field, value, slashAllowed);
        }
    }

    /// Whether it is well-formed at a glance: short, of visible ASCII, not blank. Nearly every identifier is, and they
    /// are checked whenever one is read.
    private static boolean isPlain(String value, boolean slashAllowed) {
        if (value.isEmpty() || value.length() > MAX_BYTES) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~' || (c == '/' && !slashAllowed)) {
                return false;
            }
        }
        return true;
    }

    private static void checkEach(RefusalCode code, String field, String value, boolean slashAllowed) {
        if (value.isBlank()) {
            throw new RefusedException(code, field + " is blank; expected 1 to " + MAX_BYTES + " bytes of text.");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new RefusedException(code, field + " is longer than " + MAX_BYTES + " bytes.");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw new RefusedException(code, field + " holds a control character at position " + i + ".");
            }
            if (c == '/' && !slashAllowed) {
                throw new RefusedException(
                        code, field + " holds '/' at position " + i + ", which separates the parts of record keys.");
            }
            if (Character.isSurrogate(c) && !isPaired(value, i)) {
                throw new RefusedException(code, field + " holds half a surrogate pair at position " + i + ".");
            }
        }
    }

    private static boolean isPaired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
