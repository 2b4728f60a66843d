package io.keyward.app.config;

import java.util.Optional;
import java.util.function.Function;

/// One setting that the product itself understands.
///
/// @param standard the text of the default; empty if there is none
/// @param accepted what a value may be, as it completes the sentence "accepted is …"
/// @param parser throws an [IllegalArgumentException] for anything else
public record Setting<T>(String key, Optional<String> standard, String accepted, Function<String, T> parser) {
    static <T> Setting<T> of(String key, String standard, String accepted, Function<String, T> parser) {
        return new Setting<>(key, Optional.of(standard), accepted, parser);
    }

    static Setting<Integer> ofWholeNumber(String key, String standard, int from, int to) {
        return of(key, standard, "a whole number from %d to %d".formatted(from, to), Parsers.wholeNumber(from, to));
    }

    static <T> Setting<T> withoutDefault(String key, String accepted, Function<String, T> parser) {
        return new Setting<>(key, Optional.empty(), accepted, parser);
    }
}
