package io.keyward.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The configuration in effect as a properties file, grouped by the source of each value; secrets are hidden.
///
/// Given values come first, then defaults, then what Keyward sets for Kafka Streams: first settings that can be
/// changed, then those that cannot.
public record ConfigListing(KeywardConfig config, ConfigSources sources) {
    private static final String DEFAULT = "default";

    public String text() {
        SortedMap<String, List<String>> given = new TreeMap<>();
        List<String> defaults = new ArrayList<>();
        config.shown().forEach((key, value) -> {
            String origin = origin(key);
            (origin.equals(DEFAULT) ? defaults : given.computeIfAbsent(origin, _ -> new ArrayList<>()))
                    .add(key + " = " + value);
        });
        Map<String, List<String>> groups = new LinkedHashMap<>(given);
        groups.put(DEFAULT, defaults);
        groups.put("Keyward's default for Kafka Streams, which keyward.streams.* changes", streamsDefaults());
        groups.put("fixed by Keyward for Kafka Streams", streamsFixed());
        return groups.entrySet().stream()
                .map(group -> "# " + group.getKey() + "\n" + String.join("\n", group.getValue()) + "\n")
                .collect(Collectors.joining("\n"));
    }

    /// The source of a value. The source of a secret from a file is the setting that names the file.
    private String origin(String key) {
        return sources.given(key)
                .map(ConfigSources.GivenValue::origin)
                .or(() -> sources.given(key + ".file")
                        .map(file -> "the file that " + file.key() + " names (" + file.origin() + ")"))
                .orElse(DEFAULT);
    }

    private List<String> streamsDefaults() {
        return new TreeMap<>(StreamsProperties.defaults(config))
                .entrySet().stream()
                        .filter(setting -> !config.streams().has(setting.getKey())
                                && !config.kafka().has(setting.getKey()))
                        .map(setting -> ClientSettingsGroup.STREAMS.key(setting.getKey()) + " = " + setting.getValue())
                        .toList();
    }

    private static List<String> streamsFixed() {
        return new TreeMap<>(StreamsProperties.fixed())
                .entrySet().stream()
                        .map(setting -> "# " + setting.getKey() + " = " + shown(setting.getValue()))
                        .toList();
    }

    private static Object shown(Object value) {
        return value instanceof Class<?> type ? type.getName() : value;
    }
}
