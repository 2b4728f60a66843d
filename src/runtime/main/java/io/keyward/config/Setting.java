package io.keyward.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One setting that the product itself understands.
///
/// @param defaultText the text of the default; empty if there is none
/// @param accepted what a value may be, as it completes the sentence "accepted is …"
/// @param parser throws an [IllegalArgumentException] or a [java.time.DateTimeException] for anything else
public record Setting<T>(String key, Optional<String> defaultText, String accepted, Function<String, T> parser) {
    /// The usual text of the value that the parser reads from a text.
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
