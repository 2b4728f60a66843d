package io.keyward.app.terminal;

import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Escapes text from outside for display. Writes invisible characters, and characters that move the cursor or
/// the text around them, as `\u202E`. In JSON strings this is also JSON's own escape.
public final class Visible {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /// Invisible characters that Unicode classifies as letters and marks.
    private static final String INVISIBLE =
            "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0000}-\\x{E0FFF}";

    /// Printable ASCII is looked at first, because nearly all text is.
    private static final String HIDDEN = "[[^ -~]&&[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}" + INVISIBLE + "]]";

    private static final Pattern OF_LINE = Pattern.compile(HIDDEN);
    private static final Pattern OF_TEXT = Pattern.compile(HIDDEN + "(?<![\n\t])");

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
                .replaceAll(character -> character
                        .group()
                        .chars()
                        .mapToObj(unit -> "\\\\u" + HEX.toHexDigits((char) unit))
                        .collect(Collectors.joining()));
    }
}
