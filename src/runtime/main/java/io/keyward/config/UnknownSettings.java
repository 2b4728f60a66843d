package io.keyward.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/// Settings for Kafka clients and Kafka Streams that Kafka does not know. A misspelt `security.protocol` would
/// connect in plain text, but a plug-in may have settings of its own.
public record UnknownSettings(KeywardConfig config) {
    /// These settings name classes, though Kafka defines them as strings or lists.
    private static final Set<String> CLASSES = Set.of(
            "interceptor.classes",
            "metric.reporters",
            "partition.assignment.strategy",
            "security.providers",
            "task.assignor.class");

    private static final String KAFKAS_OWN = "org.apache.kafka.";

    /// Why each setting is rejected, by key; empty if a plug-in may read them.
    Map<String, String> refusals() {
        return plugIn().isPresent() ? Map.of() : reasons();
    }

    /// Warnings about settings that a plug-in may read, but that may also be misspelt.
    public List<String> notes() {
        return plugIn().map(plugIn -> reasons().entrySet().stream()
                        .map(unknown -> "%s: %s It is passed on, since %s names a class that may read it."
                                .formatted(unknown.getKey(), unknown.getValue(), plugIn))
                        .toList())
                .orElse(List.of());
    }

    private Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        add(ClientSettingsGroup.KAFKA, config.kafkaAsGiven(), "no Kafka client", reasons);
        add(ClientSettingsGroup.STREAMS, config.streams(), "neither Kafka Streams nor any of its clients", reasons);
        return reasons;
    }

    private static void add(
            ClientSettingsGroup group, ClientSettings given, String nobody, Map<String, String> reasons) {
        given.values().keySet().stream()
                .filter(name -> !KafkaDefinitions.isKnown(group, name))
                .forEach(name ->
                        reasons.put(group.key(name), "%s reads this setting.%s".formatted(nobody, meant(group, name))));
    }

    /// Never suggests another group for a secret.
    private static String meant(ClientSettingsGroup group, String name) {
        return (KafkaDefinitions.isKnown(ClientSettingsGroup.STREAMS, name) && !Secrets.isSecret(name)
                        ? Optional.of(ClientSettingsGroup.STREAMS.key(name))
                        : KafkaDefinitions.nearest(group, name).map(group::key))
                .map(" Did you mean %s?"::formatted)
                .orElse("");
    }

    /// The key of a setting that names a class outside Kafka's own packages.
    private Optional<String> plugIn() {
        return Stream.concat(
                        plugIns(config.kafkaAsGiven().values()).map(ClientSettingsGroup.KAFKA::key),
                        plugIns(config.streams().values()).map(ClientSettingsGroup.STREAMS::key))
                .findFirst();
    }

    /// The names of settings that name a class outside Kafka's own packages.
    private static Stream<String> plugIns(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .filter(setting -> namesClasses(setting.getKey()))
                        .filter(setting -> Arrays.stream(setting.getValue().split(","))
                                .map(String::strip)
                                .anyMatch(name -> !name.isEmpty() && !name.startsWith(KAFKAS_OWN)))
                        .map(Map.Entry::getKey);
    }

    private static boolean namesClasses(String name) {
        return CLASSES.contains(KafkaDefinitions.withoutClientPrefix(name))
                || KafkaDefinitions.find(name)
                        .filter(definition -> definition.type() == ConfigDef.Type.CLASS)
                        .isPresent();
    }
}
