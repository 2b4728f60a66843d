package io.keyward.domain.id;

import java.util.regex.Pattern;

/// Text from events that no rule restricts, such as names, when it is stored and when it is part of a sentence. It
/// must not reorder the text around it (Unicode Standard Annex 9).
public final class FreeText {
    /// Characters that set the direction of text, and those that end a line and so every isolate.
    private static final Pattern CONTROLS =
            Pattern.compile("[\\n-\\r\\x1C-\\x1E\\x85\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]");

    private static final String REPLACEMENT = "\ufffd";

    /// First strong isolate: what follows has its own direction, up to the next [#POP].
    private static final char ISOLATE = '\u2068';

    /// Pop directional isolate.
    private static final char POP = '\u2069';

    private FreeText() {}

    /// The text with U+FFFD for each character that sets the direction of text or ends a line. Without the
    /// character, one name would look like another.
    public static String withoutControls(String text) {
        return CONTROLS.matcher(text).replaceAll(REPLACEMENT);
    }

    /// The text for a left-to-right sentence: without these characters, and between U+2068 and U+2069 if it has
    /// right-to-left letters or digits. Any other text cannot reorder the sentence and stays as it is, so that
    /// people can search for it.
    public static String isolated(String text) {
        String kept = withoutControls(text);
        return kept.codePoints().anyMatch(FreeText::isFromRightToLeft) ? ISOLATE + kept + POP : kept;
    }

    /// Whether the character begins or ends an isolate. Such characters belong to the wording of a sentence.
    public static boolean isIsolation(char character) {
        return character == ISOLATE || character == POP;
    }

    private static boolean isFromRightToLeft(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }
}
