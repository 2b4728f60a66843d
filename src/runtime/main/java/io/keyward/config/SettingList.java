package io.keyward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The settings of one subject. Each declaration adds its setting to the list.
final class SettingList {
    private final List<Setting<?>> all = new ArrayList<>();

    /// The settings in the order of their declaration.
    Stream<Setting<?>> stream() {
        return all.stream();
    }

    <T> Setting<T> of(String key, String defaultText, String accepted, Function<String, T> parser) {
        return add(new Setting<>(key, Optional.of(defaultText), accepted, parser));
    }

    <T> Setting<T> withoutDefault(String key, String accepted, Function<String, T> parser) {
        return add(new Setting<>(key, Optional.empty(), accepted, parser));
    }

    Setting<Path> path(String key, String of) {
        return withoutDefault(key, "the path of " + of, Parsers::path);
    }

    Setting<Integer> wholeNumber(String key, String defaultText, int from, int to) {
        return of(key, defaultText, "a whole number from %d to %d".formatted(from, to), Parsers.wholeNumber(from, to));
    }

    Setting<Duration> duration(String key, String defaultText) {
        String accepted = "an ISO-8601 duration of zero or more, for example " + defaultText;
        return of(key, defaultText, accepted, Parsers::duration);
    }

    Setting<Duration> positiveDuration(String key, String defaultText) {
        String accepted = "an ISO-8601 duration longer than zero, for example " + defaultText;
        return of(key, defaultText, accepted, Parsers::positiveDuration);
    }

    Setting<Boolean> flag(String key, String defaultText) {
        return of(key, defaultText, "true or false", Parsers::flag);
    }

    <E extends Enum<E>> Setting<E> constant(String key, E defaultValue) {
        Class<E> type = defaultValue.getDeclaringClass();
        return of(key, Parsers.text(defaultValue), Parsers.names(type), Parsers.constant(type));
    }

    private <T> Setting<T> add(Setting<T> setting) {
        all.add(setting);
        return setting;
    }
}
