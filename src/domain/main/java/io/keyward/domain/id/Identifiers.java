package io.keyward.domain.id;

import java.nio.charset.StandardCharsets;

/// Checks identifiers where they enter the system (docs/contract.md, "Identifiers"): they are parts of record keys
/// and of paths, and are shown to people, also on terminals.
public final class Identifiers {
    static final int MAX_BYTES = 200;

    private Identifiers() {}

    /// Accepts a valid identifier.
    ///
    /// @param field the name of the field in a refusal, such as its path in the schema
    /// @throws RefusedException `INVALID_ID` if the id is blank, longer than 200 bytes, `.` or `..`, or contains
    ///     `/`, a backslash, half a surrogate pair, a control character, or an invisible one: a format character
    ///     or a line or paragraph separator
    public static String parse(String field, String id) {
        if (!isPlain(id)) {
            checkEach(field, id);
            checkVisible(field, id);
            checkInPaths(field, id);
        }
        return id;
    }

    /// A quick check that accepts nearly every identifier: short, visible ASCII.
    private static boolean isPlain(String value) {
        if (value.isEmpty() || value.length() > MAX_BYTES || value.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~' || c == '/' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void checkEach(String field, String value) {
        if (value.isBlank()) {
            throw blank(field);
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw refused(field + " is longer than " + MAX_BYTES + " bytes.");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused(field + " holds a control character at position " + i + ".");
            }
            if (c == '/') {
                throw refused(field + " holds '/' at position " + i + ", which separates the parts of record keys.");
            }
            if (Character.isSurrogate(c) && !isPaired(value, i)) {
                throw refused(field + " holds half a surrogate pair at position " + i + ".");
            }
        }
    }

    /// Invisible characters can make one id resemble another, or reverse the direction of the text that follows.
    private static void checkVisible(String field, String id) {
        if (id.codePoints().allMatch(c -> Character.isSpaceChar(c) || Character.isWhitespace(c))) {
            throw blank(field);
        }
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            int c = id.codePointAt(i);
            if (isInvisible(c)) {
                throw refused("%s holds the invisible character U+%04X at position %d.".formatted(field, c, i));
            }
        }
    }

    /// Clients of the console resolve these in a path, so such an id could not be requested.
    private static void checkInPaths(String field, String id) {
        if (id.equals(".") || id.equals("..")) {
            throw refused(field + " is '" + id + "', which means a folder in a path or a URL; expected another id.");
        }
        int backslash = id.indexOf('\\');
        if (backslash >= 0) {
            throw refused(field + " holds '\\' at position " + backslash + ", which some programs read as '/'.");
        }
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static RefusedException blank(String field) {
        return refused(field + " is blank; expected 1 to " + MAX_BYTES + " bytes of text.");
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(RefusalCode.INVALID_ID, detail);
    }

    private static boolean isPaired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
