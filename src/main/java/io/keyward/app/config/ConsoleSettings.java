package io.keyward.app.config;

import io.keyward.app.config.StateSettings.MemorySize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the console keeps its copy, how much of the past it keeps, and where it is served.
///
/// @param dir folder of the copy; empty if none is configured
/// @param memory how much memory RocksDB may use
/// @param history how long what was published is kept for the timelines
public record ConsoleSettings(Optional<Path> dir, MemorySize memory, Duration history, HttpSettings http) {
    public static final Setting<Path> DIR =
            Setting.withoutDefault("keyward.console.state.dir", StateSettings.DIR.accepted(), Parsers::path);
    static final Setting<MemorySize> MEMORY =
            Setting.of("keyward.console.memory", "128 MiB", MemorySize.ACCEPTED, MemorySize::parse);
    static final Setting<Duration> HISTORY = Setting.ofPositiveDuration("keyward.console.history", "P30D");

    static final List<Setting<?>> ALL = Stream.concat(
                    Stream.of(DIR, MEMORY, HISTORY), HttpDefinitions.CONSOLE.all().stream())
            .<Setting<?>>map(setting -> setting)
            .toList();

    static ConsoleSettings from(ConfigReader reader) {
        return new ConsoleSettings(
                reader.optional(DIR),
                reader.value(MEMORY),
                reader.value(HISTORY),
                HttpSettings.from(HttpDefinitions.CONSOLE, reader));
    }

    void describe(Map<String, String> lines) {
        DIR.describe(dir, lines);
        MEMORY.describe(memory, lines);
        HISTORY.describe(history, lines);
        http.describe(lines);
    }
}
