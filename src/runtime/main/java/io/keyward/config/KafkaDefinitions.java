package io.keyward.config;

import io.keyward.avro.json.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.streams.StreamsConfig;

/// Kafka's own definitions of its clients' settings: their names and valid values.
public final class KafkaDefinitions {
    private static final List<ConfigDef> DEFINITIONS = List.of(
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef(),
            StreamsConfig.configDef());

    private static final Set<String> CONSUMER = ConsumerConfig.configDef().names();
    private static final Set<String> PRODUCER = ProducerConfig.configDef().names();
    private static final Set<String> ADMIN = AdminClientConfig.configDef().names();

    /// The setting names of any client. Every client reads a reconfigurable setting of the JMX reporter, though no
    /// definition names it.
    private static final Set<String> CLIENTS =
            union(Stream.of(CONSUMER, PRODUCER, ADMIN, JmxReporter.RECONFIGURABLE_CONFIGS));

    private static final Set<String> STREAMS =
            union(Stream.of(CLIENTS, StreamsConfig.configDef().names()));

    /// Kafka Streams passes a setting with such a prefix to clients of that kind.
    private static final Map<String, Set<String>> CLIENT_PREFIXES = Map.of(
            "main.consumer.", CONSUMER,
            "restore.consumer.", CONSUMER,
            "global.consumer.", CONSUMER,
            "consumer.", CONSUMER,
            "producer.", PRODUCER,
            "admin.", ADMIN);

    /// Users choose the names of config providers, and providers have settings of their own.
    private static final String PROVIDERS = "config.providers.";

    /// Users choose client tags; the broker checks the settings of the topics that Streams creates.
    private static final List<String> FREE_IN_STREAMS =
            List.of(StreamsConfig.CLIENT_TAG_PREFIX, StreamsConfig.TOPIC_PREFIX);

    /// Kafka's config providers replace such a value only when a client is created.
    private static final String PLACEHOLDER = "${";

    private KafkaDefinitions() {}

    /// The definition of a setting, with or without a Streams prefix; empty for settings of plug-ins.
    public static Optional<ConfigKey> find(String name) {
        return keys(withoutClientPrefix(name)).findFirst();
    }

    /// Whether Kafka reads a setting of this name in this group.
    static boolean isKnown(ClientSettingsGroup group, String name) {
        return switch (group) {
            case KAFKA -> CLIENTS.contains(name) || name.startsWith(PROVIDERS);
            case STREAMS ->
                name.startsWith(PROVIDERS)
                        || FREE_IN_STREAMS.stream().anyMatch(name::startsWith)
                        || candidates(name).contains(withoutClientPrefix(name));
            case REGISTRY -> true; // its client rejects unknown settings
        };
    }

    /// The known name in the same group that was probably meant.
    static Optional<String> nearest(ClientSettingsGroup group, String name) {
        return group == ClientSettingsGroup.STREAMS
                ? NearestName.to(withoutClientPrefix(name), candidates(name)).map(clientPrefix(name)::concat)
                : NearestName.to(name, CLIENTS);
    }

    static String withoutClientPrefix(String name) {
        return name.substring(clientPrefix(name).length());
    }

    private static String clientPrefix(String name) {
        return CLIENT_PREFIXES.keySet().stream()
                .filter(name::startsWith)
                .findFirst()
                .orElse("");
    }

    private static Set<String> candidates(String name) {
        return CLIENT_PREFIXES.getOrDefault(clientPrefix(name), STREAMS);
    }

    /// Kafka's reason for rejecting a value; empty if any client that knows the setting accepts it.
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

    /// The setting that corresponds to the environment variable.
    static Optional<String> findByVariable(String variable) {
        return DEFINITIONS.stream()
                .flatMap(definition -> definition.names().stream())
                .filter(name -> variable(name).equals(variable))
                .findFirst();
    }

    /// The environment variable that corresponds to a setting.
    public static String variable(String name) {
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

    /// Kafka writes `Invalid value V for configuration NAME: reason`. Keyward's own messages already have the
    /// first half.
    private static String reason(ConfigKey definition, String message) {
        String start = "for configuration " + definition.name + ": ";
        int at = message.indexOf(start);
        return at < 0
                ? "it must be a value of type " + definition.type().name().toLowerCase(Locale.ROOT)
                : message.substring(at + start.length());
    }

    private static Set<String> union(Stream<Set<String>> names) {
        return names.flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
