package io.keyward.domain.id;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/// The one place where identifiers are checked, so that no invalid one can exist inside (docs/contract.md).
///
/// There are two measures. The constructors of identifiers take what the stores can hold, which may be what an earlier
/// version has stored. An event may name less: what it names is shown to people and reaches terminals.
public final class Identifiers {
    static final int MAX_BYTES = 200;

    private Identifiers() {}

    /// The id that an event states, if it may.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_ID` if it is blank, longer than 200 bytes, or holds `/`, half a
    ///     surrogate pair, a control character, or what cannot be seen: Unicode's formats and separators of lines
    ///     and paragraphs
    public static String parse(String field, String id) {
        if (!isPlain(id, false)) {
            checkEach(RefusalCode.INVALID_ID, field, id, false);
            checkVisible(field, id);
        }
        return id;
    }

    /// Accepts `value` if it may be part of a record key.
    ///
    /// @throws RefusedException `INVALID_ID` if it is blank, longer than 200 bytes, or holds `/` or a control
    ///     character
    public static void requireValid(String field, String value) {
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
            throw blank(code, field);
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

    /// What cannot be seen can make one id look like another one, or turn around the text that follows it.
    private static void checkVisible(String field, String id) {
        if (id.codePoints().allMatch(c -> Character.isSpaceChar(c) || Character.isWhitespace(c))) {
            throw blank(RefusalCode.INVALID_ID, field);
        }
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            int c = id.codePointAt(i);
            if (isInvisible(c)) {
                throw new RefusedException(
                        RefusalCode.INVALID_ID,
                        "%s holds the invisible character U+%04X at position %d.".formatted(field, c, i));
            }
        }
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static RefusedException blank(RefusalCode code, String field) {
        return new RefusedException(code, field + " is blank; expected 1 to " + MAX_BYTES + " bytes of text.");
    }

    private static boolean isPaired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
