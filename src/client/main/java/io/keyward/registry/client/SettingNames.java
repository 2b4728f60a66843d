package io.keyward.registry.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.config.types.Password;

/// The settings that were given under Confluent's names, and which of them were read. The prefix
/// `schema.registry.` is optional; a setting that is given with and without it counts once.
public final class SettingNames {
    private static final String PREFIX = "schema.registry.";

    private final Map<String, Object> given = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    public SettingNames(Map<String, ?> settings) {
        settings.forEach((name, value) -> given.put(bare(name), value));
    }

    Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(given.get(bare(name)))
                .map(value -> value instanceof Password secret
                        ? secret.value()
                        : value.toString().trim())
                .filter(value -> !value.isEmpty());
    }

    <T> T parsed(String name, T fallback, Function<String, T> parser) {
        Optional<String> text = text(name);
        try {
            return text.map(parser).orElse(fallback);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(name + "=" + text.orElse("") + ": " + invalid.getMessage(), invalid);
        }
    }

    boolean flag(String name, boolean fallback) {
        return parsed(name, fallback, value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        });
    }

    Duration millis(String name, Duration fallback) {
        return parsed(name, fallback, value -> Duration.ofMillis(number(value)));
    }

    Duration seconds(String name, Duration fallback) {
        return parsed(name, fallback, value -> Duration.ofSeconds(number(value)));
    }

    /// Reads seconds; Confluent writes "forever" as -1.
    Duration secondsOrForever(String name, Duration fallback) {
        return parsed(
                name, fallback, value -> value.equals("-1") ? CacheLimits.FOREVER : Duration.ofSeconds(number(value)));
    }

    int count(String name, int fallback) {
        return parsed(name, fallback, SettingNames::number);
    }

    /// The settings that were given for these names, by Kafka's own names.
    Map<String, String> family(Set<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        names.forEach(name -> text(PREFIX + name).ifPresent(value -> values.put(name, value)));
        return values;
    }

    /// The settings whose names begin with `start`, by the rest of the name. Any rest is accepted, because it
    /// may be the name of a header.
    Map<String, String> startingWith(String start) {
        Map<String, String> values = new LinkedHashMap<>();
        given.keySet().stream()
                .filter(name -> name.startsWith(start) && name.length() > start.length())
                .toList()
                .forEach(name -> text(name).ifPresent(value -> values.put(name.substring(start.length()), value)));
        return values;
    }

    /// The settings that were not read.
    Map<String, String> left() {
        Map<String, String> left = new TreeMap<>();
        given.forEach((name, value) -> left.put(name, value.toString().trim()));
        known.forEach(name -> left.remove(bare(name)));
        return left;
    }

    void requireNothingElse() {
        Set<String> unknown = left().keySet();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown schema registry settings " + unknown
                    + ": expected Confluent's names: " + String.join(", ", known));
        }
    }

    static int number(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException invalid) {
            throw new IllegalArgumentException("expected a whole number, 0 or more", invalid);
        }
        throw new IllegalArgumentException("expected a whole number, 0 or more");
    }

    private static String bare(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }
}
