package io.keyward.app.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The three places settings come from, the later over the earlier: a properties file, environment variables, system
/// properties. Values are taken as they stand, without any expansion.
public final class ConfigSources {
    /// Read by logging, before there is any configuration, and therefore never from the file.
    private static final Set<String> READ_BY_LOGGING =
            Set.of("keyward.log.level", "keyward.log.libraries", "keyward.log.format");

    private static final String PREFIX = "keyward.";
    private static final int FILE_ORDINAL = 100;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int SYSTEM_ORDINAL = 400;

    private final SmallRyeConfig layers;
    private final Set<String> keys = new TreeSet<>();

    private ConfigSources(List<Layer> sources) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        sources.forEach(source -> {
            builder.withSources(source);
            keys.addAll(source.getPropertyNames());
        });
        this.layers = builder.build();
    }

    /// The file, environment variables over it, and system properties over both.
    ///
    /// @throws ConfigurationException if the file cannot be read
    public static ConfigSources of(Optional<Path> file, Map<String, String> environment, Properties system) {
        Map<String, String> variables = EnvironmentVariables.settings(environment);
        Map<String, String> fromEnvironment = new TreeMap<>();
        variables.forEach((key, variable) -> fromEnvironment.put(key, environment.get(variable)));
        Map<String, String> fromSystem = new TreeMap<>();
        system.stringPropertyNames().stream()
                .filter(key -> key.startsWith(PREFIX) && !READ_BY_LOGGING.contains(key))
                .forEach(key -> fromSystem.put(key, system.getProperty(key)));
        return new ConfigSources(List.of(
                new Layer(
                        file.map(Path::toString).orElse("none"),
                        file.map(ConfigSources::read).orElseGet(Map::of),
                        FILE_ORDINAL),
                new Layer("environment", fromEnvironment, ENVIRONMENT_ORDINAL),
                new Layer("system properties", fromSystem, SYSTEM_ORDINAL)));
    }

    /// Every key that any of the places gives.
    Set<String> keys() {
        return keys;
    }

    Optional<GivenValue> given(String key) {
        return keys.contains(key)
                ? Optional.of(layers.getConfigValue(key))
                        .map(value -> new GivenValue(key, value.getRawValue(), origin(value)))
                : Optional.empty();
    }

    private static String origin(ConfigValue value) {
        return switch (value.getSourceOrdinal()) {
            case SYSTEM_ORDINAL -> "system property";
            case ENVIRONMENT_ORDINAL -> "environment variable " + EnvironmentVariables.variable(value.getName());
            default -> "file " + value.getSourceName();
        };
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> settings = new HashMap<>();
        Set<String> doubled = new TreeSet<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            new Properties() {
                @Override
                public synchronized Object put(Object key, Object value) {
                    if (settings.put(key.toString(), value.toString()) != null) {
                        doubled.add(key.toString());
                    }
                    return "";
                }
            }.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            throw new ConfigurationException(
                    List.of("The configuration file %s cannot be read: %s".formatted(file, failure)));
        }
        if (!doubled.isEmpty()) {
            throw new ConfigurationException(List.of(
                    doubled.stream().allMatch(key -> key.startsWith(PREFIX))
                            ? "The configuration file %s sets %s more than once; keep one."
                                    .formatted(file, String.join(", ", doubled))
                            : "The configuration file %s begins several lines alike that name no setting of Keyward. Accepted is a properties file, with lines such as keyward.application.id = keyward; is it a file of another kind?"
                                    .formatted(file)));
        }
        return settings;
    }

    /// One of the three places.
    private static final class Layer extends MapBackedConfigSource {
        Layer(String name, Map<String, String> settings, int ordinal) {
            super(name, settings, ordinal);
        }
    }
}
