package io.keyward.app.config;

import io.keyward.avro.json.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.streams.StreamsConfig;

/// The names under which Kafka's own clients and Kafka Streams read settings, in each group of ours.
final class KafkaNames {
    private static final Set<String> CONSUMER = ConsumerConfig.configDef().names();
    private static final Set<String> PRODUCER = ProducerConfig.configDef().names();
    private static final Set<String> ADMIN = AdminClientConfig.configDef().names();

    /// Every client reads these, though no definition names them.
    private static final Set<String> UNDEFINED = JmxReporter.RECONFIGURABLE_CONFIGS;

    private static final Set<String> CLIENTS = union(Stream.of(CONSUMER, PRODUCER, ADMIN, UNDEFINED));
    private static final Set<String> STREAMS =
            union(Stream.of(CLIENTS, StreamsConfig.configDef().names()));

    /// Config providers have names that the user chooses, and settings of their own behind them.
    private static final String PROVIDERS = "config.providers.";

    /// Of Kafka Streams: tags that the user chooses; and settings of the topics that it creates, which the broker
    /// checks
    /// then.
    private static final List<String> FREE_IN_STREAMS =
            List.of(StreamsConfig.CLIENT_TAG_PREFIX, StreamsConfig.TOPIC_PREFIX);

    private static final Map<String, Set<String>> BEHIND_PREFIX = Map.of(
            "main.consumer.", CONSUMER,
            "restore.consumer.", CONSUMER,
            "global.consumer.", CONSUMER,
            "consumer.", CONSUMER,
            "producer.", PRODUCER,
            "admin.", ADMIN);

    private KafkaNames() {}

    /// Whether anything of Kafka's reads a setting of this name in this group.
    static boolean isKnown(ClientSettingsGroup group, String name) {
        return switch (group) {
            case KAFKA -> CLIENTS.contains(name) || name.startsWith(PROVIDERS);
            case STREAMS ->
                name.startsWith(PROVIDERS)
                        || FREE_IN_STREAMS.stream().anyMatch(name::startsWith)
                        || candidates(name).contains(bare(name));
            case REGISTRY -> true; // its client says itself what it does not know
        };
    }

    /// The known name in the same group that was meant, presumably.
    static Optional<String> nearest(ClientSettingsGroup group, String name) {
        return group == ClientSettingsGroup.STREAMS
                ? NearestName.to(bare(name), candidates(name)).map(prefix(name)::concat)
                : NearestName.to(name, CLIENTS);
    }

    private static Set<String> candidates(String name) {
        return BEHIND_PREFIX.getOrDefault(prefix(name), STREAMS);
    }

    private static String prefix(String name) {
        return name.substring(0, name.length() - bare(name).length());
    }

    private static String bare(String name) {
        return KafkaDefinitions.withoutClientPrefix(name);
    }

    private static Set<String> union(Stream<Set<String>> names) {
        return names.flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
