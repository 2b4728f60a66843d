package io.keyward.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/// What Kafka's own clients say about their settings: which exist, and which values they take.
public final class KafkaDefinitions {
    private static final List<ConfigDef> DEFINITIONS = List.of(
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef(),
            StreamsConfig.configDef());

    /// Streams hands a setting with such a prefix to the client of that kind; longest first.
    private static final List<String> CLIENT_PREFIXES =
            List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin.");

    /// Kafka's config providers replace such a value only when a client is made.
    private static final String PLACEHOLDER = "${";

    private KafkaDefinitions() {}

    /// The definition of a setting, with or without a Streams prefix; settings of plug-ins have none.
    public static Optional<ConfigKey> find(String name) {
        return keys(withoutClientPrefix(name)).findFirst();
    }

    static String withoutClientPrefix(String name) {
        return CLIENT_PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    /// Kafka's reason for refusing a value: empty if any of the clients that know the setting takes it.
    static Optional<String> objection(String name, String value) {
        if (value.contains(PLACEHOLDER)) {
            return Optional.empty();
        }
        List<Optional<String>> answers = keys(withoutClientPrefix(name))
                .map(definition -> objection(definition, value))
                .toList();
        return answers.stream().allMatch(Optional::isPresent)
                ? answers.stream().flatMap(Optional::stream).findFirst()
                : Optional.empty();
    }

    /// The setting whose name reads like this in an environment variable.
    static Optional<String> ofVariable(String variable) {
        return DEFINITIONS.stream()
                .flatMap(definition -> definition.names().stream())
                .filter(name -> variablePart(name).equals(variable))
                .findFirst();
    }

    static String variablePart(String name) {
        return name.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Stream<ConfigKey> keys(String name) {
        return DEFINITIONS.stream()
                .flatMap(definition -> Stream.ofNullable(definition.configKeys().get(name)));
    }

    private static Optional<String> objection(ConfigKey definition, String value) {
        try {
            Object parsed = ConfigDef.parseType(definition.name, value, definition.type());
            if (definition.validator != null) {
                definition.validator.ensureValid(definition.name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException refused) {
            return Optional.of(reason(definition, refused.getMessage()));
        }
    }

    /// Kafka writes `Invalid value V for configuration NAME: reason`, where our own messages have said the first
    /// half.
    private static String reason(ConfigKey definition, String message) {
        String start = "for configuration " + definition.name + ": ";
        int at = message.indexOf(start);
        return at < 0
                ? "a value of type " + definition.type().name().toLowerCase(Locale.ROOT) + " is expected"
                : message.substring(at + start.length());
    }
}
