package io.keyward.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One setting that the product itself understands.
///
/// @param defaultText the text of the default; empty if there is none
/// @param accepted what a value may be, as it completes the sentence "accepted is …"
/// @param parser throws an [IllegalArgumentException] for anything else
public record Setting<T>(String key, Optional<String> defaultText, String accepted, Function<String, T> parser) {
    static <T> Setting<T> of(String key, String defaultText, String accepted, Function<String, T> parser) {
        return new Setting<>(key, Optional.of(defaultText), accepted, parser);
    }

    static Setting<Integer> ofWholeNumber(String key, String defaultText, int from, int to) {
        return of(key, defaultText, "a whole number from %d to %d".formatted(from, to), Parsers.wholeNumber(from, to));
    }

    static Setting<Duration> ofDuration(String key, String defaultText) {
        return of(
                key,
                defaultText,
                "an ISO-8601 duration of zero or more, for example " + defaultText,
                Parsers::duration);
    }

    static Setting<Duration> ofPositiveDuration(String key, String defaultText) {
        return of(
                key,
                defaultText,
                "an ISO-8601 duration longer than zero, for example " + defaultText,
                Parsers::positiveDuration);
    }

    static Setting<Boolean> ofFlag(String key, String defaultText) {
        return of(key, defaultText, "true or false", Parsers::flag);
    }

    static <E extends Enum<E>> Setting<E> ofConstant(String key, E defaultValue) {
        Class<E> type = defaultValue.getDeclaringClass();
        return of(key, Parsers.text(defaultValue), Parsers.names(type), Parsers.constant(type));
    }

    static <T> Setting<T> withoutDefault(String key, String accepted, Function<String, T> parser) {
        return new Setting<>(key, Optional.empty(), accepted, parser);
    }

    /// Adds this setting with the text that its parser reads as the value.
    void describe(T value, Map<String, String> lines) {
        lines.put(
                key,
                switch (value) {
                    case Enum<?> constant -> Parsers.text(constant);
                    case List<?> list -> list.stream().map(Object::toString).collect(Collectors.joining(","));
                    default -> value.toString();
                });
    }

    void describe(Optional<T> value, Map<String, String> lines) {
        value.ifPresent(present -> describe(present, lines));
    }
}
