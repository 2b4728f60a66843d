package io.keyward.config;

import io.keyward.topology.RecordLimits;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// Kafka settings that users must not set, because Keyward's guarantees depend on them.
final class OwnedSettings {
    private static final String EXACTLY_ONCE =
            "it is managed by Keyward, which publishes each decision exactly once; remove it";
    private static final String SERDES = "it is managed by Keyward, which knows the format of every record; remove it";
    private static final String DEAD_LETTERS =
            "it is managed by Keyward, which sends refused records to the dead-letters topic; remove it";
    private static final String STABLE_TOPOLOGY =
            "it is managed by Keyward, which keeps the names of stores and topics stable; remove it";
    private static final String NO_EVENT_LOST = "it is managed by Keyward, which reads every event; remove it";
    private static final String PLACEMENT =
            "it is managed by Keyward, which keeps all of a tenant's records on one partition; remove it";

    private static final Map<String, String> STREAMS = Map.ofEntries(
            Map.entry("application.id", insteadOf("keyward.application.id")),
            Map.entry("bootstrap.servers", insteadOf("keyward.kafka.bootstrap.servers")),
            Map.entry("state.dir", insteadOf("keyward.state.dir")),
            Map.entry("default.dsl.store", insteadOf("keyward.state.store")),
            Map.entry("dsl.store.suppliers.class", insteadOf("keyward.state.store")),
            Map.entry("rocksdb.config.setter", insteadOf("keyward.state.memory")),
            Map.entry("processing.guarantee", EXACTLY_ONCE),
            Map.entry("ensure.explicit.internal.resource.naming", STABLE_TOPOLOGY),
            Map.entry("topology.optimization", STABLE_TOPOLOGY),
            Map.entry("processor.wrapper.class", STABLE_TOPOLOGY),
            Map.entry("default.key.serde", SERDES),
            Map.entry("default.value.serde", SERDES),
            Map.entry("default.timestamp.extractor", SERDES),
            Map.entry("default.deserialization.exception.handler", DEAD_LETTERS),
            Map.entry("deserialization.exception.handler", DEAD_LETTERS),
            Map.entry("default.production.exception.handler", DEAD_LETTERS),
            Map.entry("production.exception.handler", DEAD_LETTERS),
            Map.entry("processing.exception.handler", DEAD_LETTERS),
            Map.entry(StreamsProperties.GLOBAL_HANDLER, DEAD_LETTERS),
            Map.entry("errors.dead.letter.queue.topic.name", DEAD_LETTERS));

    /// Settings of consumers and producers, in either group and with any prefix of Kafka Streams.
    private static final Map<String, String> CLIENTS = Map.ofEntries(
            Map.entry("group.id", insteadOf("keyward.application.id")),
            Map.entry("acks", EXACTLY_ONCE),
            Map.entry("enable.auto.commit", EXACTLY_ONCE),
            Map.entry("enable.idempotence", EXACTLY_ONCE),
            Map.entry("isolation.level", EXACTLY_ONCE),
            Map.entry("transactional.id", EXACTLY_ONCE),
            Map.entry("auto.offset.reset", NO_EVENT_LOST),
            Map.entry("key.deserializer", SERDES),
            Map.entry("value.deserializer", SERDES),
            Map.entry("key.serializer", SERDES),
            Map.entry("value.serializer", SERDES),
            Map.entry("partitioner.class", PLACEMENT),
            Map.entry("partitioner.ignore.keys", PLACEMENT));

    private static final Pattern NO_THREADS = Pattern.compile("[+-]?0+|-\\d+");

    private OwnedSettings() {}

    /// Why the setting must not be set, as a clause; empty if it may be set.
    static Optional<String> reason(ClientSettingsGroup group, String name) {
        String bare = KafkaDefinitions.withoutClientPrefix(name);
        return switch (group) {
            case KAFKA -> Optional.ofNullable(CLIENTS.get(bare));
            case STREAMS -> Optional.ofNullable(STREAMS.getOrDefault(bare, CLIENTS.get(bare)));
            case REGISTRY -> Optional.empty();
        };
    }

    /// Why a value that Kafka accepts cannot be used, as a sentence.
    static Optional<String> objection(ClientSettingsGroup group, String name, String value) {
        String given = value.strip().toLowerCase(Locale.ROOT);
        if (group != ClientSettingsGroup.STREAMS) {
            return Optional.empty();
        }
        return switch (name) {
            case StreamsConfig.NUM_STREAM_THREADS_CONFIG ->
                unless(
                        !NO_THREADS.matcher(given).matches(),
                        "a whole number of 1 or more: an instance without stream threads decides nothing.");
            case StreamsConfig.TOPIC_PREFIX + TopicConfig.CLEANUP_POLICY_CONFIG ->
                unless(
                        given.equals(TopicConfig.CLEANUP_POLICY_COMPACT),
                        "compact: otherwise the broker deletes rows of the state.");
            case StreamsConfig.TOPIC_PREFIX + TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG ->
                unless(given.equals("false"), "false: otherwise rows of the state are lost with a broker.");
            case StreamsConfig.TOPIC_PREFIX + TopicConfig.MAX_MESSAGE_BYTES_CONFIG ->
                unless(
                        given.matches("\\d{1,9}") && Integer.parseInt(given) >= RecordLimits.MIN_TOPIC_BYTES,
                        "%d or more: otherwise the first larger row stops every instance."
                                .formatted(RecordLimits.MIN_TOPIC_BYTES));
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean fits, String accepted) {
        return fits ? Optional.empty() : Optional.of("must be " + accepted);
    }

    private static String insteadOf(String ours) {
        return "it is managed by Keyward; set " + ours + " instead";
    }
}
