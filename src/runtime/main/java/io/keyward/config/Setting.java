package io.keyward.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One of Keyward's own settings.
///
/// @param defaultText the text of the default; empty if there is none
/// @param accepted the valid values, as a completion of "must be …"
/// @param parser throws an [IllegalArgumentException] or a [java.time.DateTimeException] for anything else
public record Setting<T>(String key, Optional<String> defaultText, String accepted, Function<String, T> parser) {
    /// The canonical text of the value that the parser reads from a text.
    String normalized(String text) {
        return text(parser.apply(text));
    }

    /// The text that a parser reads as this value.
    static String text(Object value) {
        return switch (value) {
            case Enum<?> constant -> Parsers.text(constant);
            case List<?> list -> list.stream().map(Object::toString).collect(Collectors.joining(","));
            default -> value.toString();
        };
    }
}
