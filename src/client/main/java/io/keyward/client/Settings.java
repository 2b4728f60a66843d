package io.keyward.client;

import io.keyward.kafka.ReaderSettings;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/// How to reach Kafka and the schema registry, and the prefix of the topics. `toString` shows no secret.
///
/// @param kafka passed to every Kafka client, under Kafka's names
/// @param registry settings of the schema registry, under Confluent's names: `schema.registry.url`,
///     `basic.auth.user.info` …
public record Settings(Map<String, Object> kafka, Map<String, Object> registry, TopicNames topics) {
    /// The default prefix of topics.
    public static final String PREFIX = "cmk.";

    public Settings {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }

    /// Settings without security, with the prefix [#PREFIX].
    ///
    /// @param bootstrapServers `host:port`, separated by commas
    /// @param registryUrl one or more URLs, separated by commas
    public static Settings of(String bootstrapServers, String registryUrl) {
        return new Settings(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                Map.of("schema.registry.url", registryUrl),
                new TopicNames(PREFIX));
    }

    /// Adds a setting of Kafka's clients.
    public Settings withKafka(String name, Object value) {
        return new Settings(with(kafka, name, value), registry, topics);
    }

    /// Adds a setting of the schema registry.
    public Settings withRegistry(String name, Object value) {
        return new Settings(kafka, with(registry, name, value), topics);
    }

    /// Replaces the prefix of topics.
    ///
    /// @throws IllegalArgumentException if it is not valid in a topic name
    public Settings withPrefix(String prefix) {
        return new Settings(kafka, registry, new TopicNames(prefix));
    }

    private static Map<String, Object> with(Map<String, Object> before, String name, Object value) {
        Map<String, Object> after = new HashMap<>(before);
        after.put(name, value);
        return after;
    }

    /// Connects to the schema registry.
    ///
    /// @throws IllegalArgumentException if a setting is missing, unknown or invalid
    SchemaRegistry connectToRegistry() {
        return SchemaRegistry.connect(registrySettings(), new RegistryHealth());
    }

    RegistrySettings registrySettings() {
        return RegistrySettings.of(registry);
    }

    /// The settings of a client that reports an unreachable cluster sooner than Kafka's defaults do.
    Map<String, Object> impatient() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        settings.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
        return settings;
    }

    String bootstrapServers() {
        return String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /// The settings of a consumer without a group, which reads committed records and commits no offsets.
    Map<String, Object> consumer() {
        return ReaderSettings.of(impatient(), "read_committed", "none");
    }

    @Override
    public String toString() {
        return "Settings[kafka=%s, registry=%s, topics=%s]"
                .formatted(bootstrapServers(), registry.get("schema.registry.url"), topics);
    }
}
