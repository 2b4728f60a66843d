package io.keyward.cli.terminal;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Escapes text from outside for display. Writes invisible characters, and characters that move the cursor or the
/// text around them, as `\u202E`. In JSON strings this is also JSON's own escape. An isolate (U+2068 to U+2069)
/// stays, because it keeps a name from reordering the text around it.
public final class Visible {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /// Invisible characters that Unicode classifies as letters and marks.
    private static final String INVISIBLE =
            "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0000}-\\x{E0FFF}";

    /// Excludes printable ASCII first, because nearly all text consists of it.
    private static final String HIDDEN = "[[^ -~]&&[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}" + INVISIBLE + "]]";

    /// An isolate without line breaks and without other controls of direction.
    private static final String ISOLATE =
            "\\u2068([^\\p{Cc}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]*+)\\u2069|";

    private static final Pattern OF_LINE = Pattern.compile(ISOLATE + HIDDEN);
    private static final Pattern OF_TEXT = Pattern.compile(ISOLATE + HIDDEN + "(?<![\n\t])");

    private Visible() {}

    /// Escapes text of several lines: line feeds and tabs stay.
    public static String text(String text) {
        return escape(text, OF_TEXT);
    }

    /// Escapes text for a single line.
    public static String line(String text) {
        return escape(text, OF_LINE);
    }

    private static String escape(String text, Pattern hidden) {
        return hidden.matcher(text)
                .replaceAll(found -> found.group(1) == null
                        ? escaped(found.group())
                        : Matcher.quoteReplacement("\u2068" + escape(found.group(1), hidden) + "\u2069"));
    }

    private static String escaped(String character) {
        return character
                .chars()
                .mapToObj(unit -> "\\\\u" + HEX.toHexDigits((char) unit))
                .collect(Collectors.joining());
    }
}
