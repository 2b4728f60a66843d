package io.keyward.domain.id;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/// Checks all identifiers, so that no invalid one can exist in the program (docs/contract.md, "Identifiers").
///
/// There are two levels. Constructors of identifiers accept what the stores can hold, since an earlier
/// version may have stored it. [#parse] is stricter: ids of events are shown to people, also on terminals.
public final class Identifiers {
    static final int MAX_BYTES = 200;

    private Identifiers() {}

    /// Accepts an id of an event.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_ID` if it is blank, longer than 200 bytes, `.` or `..`, or holds `/`, a
    ///     backslash, half a surrogate pair, a control character, or an invisible one: a format character or a
    ///     line or paragraph separator
    public static String parse(String field, String id) {
        if (!isPlain(id, false)) {
            checkEach(RefusalCode.INVALID_ID, field, id, false);
            checkVisible(field, id);
        }
        checkInPaths(field, id);
        return id;
    }

    /// Checks that a value may be part of a record key.
    ///
    /// @throws RefusedException `INVALID_ID` if it is blank, longer than 200 bytes, or holds `/` or a control
    ///     character
    public static void requireValid(String field, String value) {
        check(RefusalCode.INVALID_ID, field, value, false);
    }

    /// Checks a text that is never part of a record key.
    ///
    /// @throws RefusedException `INVALID_ID` if it is blank, longer than 200 bytes, or holds a control character
    static void requireText(String field, String value) {
        check(RefusalCode.INVALID_ID, field, value, true);
    }

    /// Converts a name without control characters to lower case. `/` is allowed because the name is never
    /// part of a record key. The limit applies to the lower-case form, which is what is stored.
    ///
    /// @throws RefusedException `INVALID_FIELD` if it is blank, too long, or holds a control character
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

    /// A quick check that accepts nearly every identifier: short, visible ASCII, not blank. Identifiers are
    /// checked whenever one is read.
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

    /// Invisible characters can make one id look like another, or reverse the direction of the text that follows.
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

    /// Clients of the console resolve these in a path, so nobody could ask about such an id.
    private static void checkInPaths(String field, String id) {
        if (id.equals(".") || id.equals("..")) {
            throw new RefusedException(
                    RefusalCode.INVALID_ID,
                    field + " is '" + id + "', which means a folder in a path or a URL; expected another id.");
        }
        int backslash = id.indexOf('\\');
        if (backslash >= 0) {
            throw new RefusedException(
                    RefusalCode.INVALID_ID,
                    field + " holds '\\' at position " + backslash + ", which some programs read as '/'.");
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
