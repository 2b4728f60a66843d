package io.keyward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the texts of settings become values; each throws an [IllegalArgumentException] for what it does not
/// accept.
public final class Parsers {
    private Parsers() {}

    static Function<String, String> matching(Pattern pattern) {
        return text -> require(text, pattern.matcher(text).matches());
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
        try {
            Duration duration = Duration.parse(text);
            return require(duration, !duration.isNegative());
        } catch (DateTimeParseException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }

    static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        return require(duration, duration.isPositive());
    }

    /// How a constant is written in the configuration.
    public static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Parsers::text).collect(Collectors.joining(" or "));
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
