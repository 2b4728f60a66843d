package io.keyward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Parsers of setting values. Each throws an [IllegalArgumentException] or a [java.time.DateTimeException] for
/// invalid text.
public final class Parsers {
    private Parsers() {}

    static Function<String, String> matching(String pattern) {
        Predicate<String> accepted = Pattern.compile(pattern).asMatchPredicate();
        return text -> require(text, accepted.test(text));
    }

    static Path path(String text) {
        return Path.of(require(text, !text.isBlank()));
    }

    static Function<String, Integer> wholeNumber(int from, int to) {
        return text -> {
            int number = Integer.parseInt(text);
            return require(number, number >= from && number <= to);
        };
    }

    static short replication(String text) {
        short number = Short.parseShort(text);
        return require(number, number == -1 || (number >= 1 && number <= 100));
    }

    static boolean flag(String text) {
        return require(text, text.equals("true") || text.equals("false")).equals("true");
    }

    static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        return require(duration, !duration.isNegative());
    }

    static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        return require(duration, duration.isPositive());
    }

    /// The text of a constant in the configuration.
    public static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Parsers::text)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> text(constant).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    static <T> T require(T value, boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException(value.toString());
        }
        return value;
    }
}
