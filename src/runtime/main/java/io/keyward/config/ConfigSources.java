package io.keyward.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/// The sources of settings, in ascending precedence: a properties file, environment variables, system properties.
/// Values are taken verbatim, without any expansion.
public final class ConfigSources {
    /// Read by the logging setup before any configuration exists, and therefore never from the file.
    private static final Set<String> READ_BY_LOGGING =
            Set.of("keyward.log.level", "keyward.log.libraries", "keyward.log.format");

    private static final String PREFIX = "keyward.";

    private final Map<String, GivenValue> values = new TreeMap<>();

    private ConfigSources() {}

    /// Loads the file, environment variables over it, and system properties over both.
    ///
    /// @throws ConfigurationException if the file cannot be read
    public static ConfigSources load(Optional<Path> file, Map<String, String> environment, Properties system) {
        ConfigSources sources = new ConfigSources();
        file.ifPresent(path -> readFile(path).forEach((key, text) -> sources.put(key, text, "file " + path)));
        EnvironmentVariables.settings(environment)
                .forEach((key, variable) ->
                        sources.put(key, environment.get(variable), "environment variable " + variable));
        system.stringPropertyNames().stream()
                .filter(key -> key.startsWith(PREFIX) && !READ_BY_LOGGING.contains(key))
                .forEach(key -> sources.put(key, system.getProperty(key), "system property"));
        return sources;
    }

    /// Every key that any source gives.
    Set<String> keys() {
        return values.keySet();
    }

    Optional<GivenValue> given(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private void put(String key, String text, String origin) {
        values.put(key, new GivenValue(key, text, origin));
    }

    private static Map<String, String> readFile(Path file) {
        PropertiesFile read;
        try {
            read = PropertiesFile.read(file);
        } catch (IOException | IllegalArgumentException failure) {
            throw new ConfigurationException(
                    List.of("The configuration file %s cannot be read: %s".formatted(file, failure)));
        }
        Set<String> doubled = read.doubled();
        if (!doubled.isEmpty()) {
            throw new ConfigurationException(List.of(
                    doubled.stream().allMatch(key -> key.startsWith(PREFIX))
                            ? "The configuration file %s sets %s more than once; keep one."
                                    .formatted(file, String.join(", ", doubled))
                            : "The configuration file %s repeats keys that are not settings of Keyward. It must be a properties file, with lines such as keyward.application.id = keyward; is this a file of another kind?"
                                    .formatted(file)));
        }
        return read.settings();
    }

    record GivenValue(String key, String text, String origin) {
        /// The setting as messages show it; the value of a secret is hidden.
        String shown() {
            return "%s = %s (%s)"
                    .formatted(key, isMisspeltSecret() ? Secrets.HIDDEN : Secrets.shown(name(), text), origin);
        }

        private String name() {
            return ClientSettingsGroup.find(key).map(group -> group.name(key)).orElse(key);
        }

        /// As in `ssl.key.pasword`.
        private boolean isMisspeltSecret() {
            return ClientSettingsGroup.find(key)
                    .filter(_ -> !key.endsWith(".file"))
                    .filter(group -> !KafkaDefinitions.isKnown(group, name()))
                    .flatMap(group -> KafkaDefinitions.nearest(group, name()))
                    .filter(Secrets::isSecret)
                    .isPresent();
        }
    }
}
