package io.keyward.app.terminal;

import java.util.HexFormat;
import java.util.function.IntPredicate;

/// Escapes text from outside for display. Writes invisible characters, and characters that move the cursor or
/// the text around them, as `\u202E`. In JSON strings this is also JSON's own escape.
public final class Visible {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String CONTROLS_OF_LINES = "\n\t";

    /// Ranges, as pairs of first and last, of invisible characters that Unicode classifies as letters and
    /// marks.
    private static final int[] INVISIBLE = {
        0x034F, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFFA0, 0xFFA0,
        0xE0000, 0xE0FFF
    };

    private Visible() {}

    /// Escapes text of several lines: line feeds and tabs stay.
    public static String text(String text) {
        return escape(text, character -> isHidden(character) && CONTROLS_OF_LINES.indexOf(character) < 0);
    }

    /// Escapes text for a single line.
    public static String line(String text) {
        return escape(text, Visible::isHidden);
    }

    private static String escape(String text, IntPredicate escaped) {
        if (text.codePoints().noneMatch(escaped)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (escaped.test(character)) {
                for (char unit : Character.toChars(character)) {
                    shown.append("\\u").append(HEX.toHexDigits(unit));
                }
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    private static boolean isHidden(int character) {
        if (character >= ' ' && character <= '~') {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> isInvisible(character);
        };
    }

    private static boolean isInvisible(int character) {
        for (int range = 0; range < INVISIBLE.length; range += 2) {
            if (character >= INVISIBLE[range] && character <= INVISIBLE[range + 1]) {
                return true;
            }
        }
        return false;
    }
}
