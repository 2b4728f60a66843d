package io.keyward.app.cluster;

import io.keyward.app.config.TopicSettings;
import java.util.Optional;

/// A difference between a topic on the cluster and its contract.
public record TopicFinding(String sentence, String remedy) implements Finding {
    public static TopicFinding absent(String topic) {
        return new TopicFinding("Topic %s does not exist.".formatted(topic), "bin/keyward topics create");
    }

    /// The topic has fewer partitions than another one that must have as many.
    ///
    /// @param expected the greatest count among the inputs and `rerouted`, since partitions can only be added
    static TopicFinding partitionsDiffer(String topic, int partitions, int expected, String bootstrapServers) {
        return new TopicFinding(
                "Topic %s has %d partitions where another input has %d, so the events of one tenant would not meet. Raise it before Keyward first runs here; after that, state that was built with the old count is lost."
                        .formatted(topic, partitions, expected),
                "kafka-topics.sh --bootstrap-server %s --alter --topic %s --partitions %d"
                        .formatted(bootstrapServers, topic, expected));
    }

    /// The topic refuses records as large as those that Keyward writes to it.
    ///
    /// @param expected the smallest sufficient `max.message.bytes`
    static TopicFinding recordsTooSmall(String topic, int bytes, int expected, String bootstrapServers) {
        return new TopicFinding(
                "Topic %s has max.message.bytes=%d, and at least %d is needed: the first larger record would stop every instance."
                        .formatted(topic, bytes, expected),
                Remedies.alterTopic(bootstrapServers, topic, "max.message.bytes=" + expected));
    }

    /// A written record may be on one broker only, or the topic accepts no records at all. Empty if neither is so.
    ///
    /// @param inSync `min.insync.replicas`: how many replicas must have a record before it counts as written
    static Optional<TopicFinding> inSyncReplicas(String topic, int replication, int inSync, String bootstrapServers) {
        int wanted = replication < TopicSettings.ENOUGH_REPLICAS ? 1 : TopicSettings.MIN_IN_SYNC_REPLICAS;
        if (inSync >= wanted && inSync <= replication) {
            return Optional.empty();
        }
        String consequence = inSync > replication
                ? "nothing can be written"
                : "a record counts as written when it is on one broker, and is lost with that broker's disk";
        return Optional.of(new TopicFinding(
                "Topic %s has min.insync.replicas=%d with a replication of %d: %s."
                        .formatted(topic, inSync, replication, consequence),
                Remedies.alterTopic(bootstrapServers, topic, "min.insync.replicas=" + wanted)));
    }

    /// A setting that the product relies on has another value.
    static TopicFinding settingDiffers(
            String topic, String setting, String value, String expected, String bootstrapServers) {
        return new TopicFinding(
                "Topic %s has %s=%s, and %s is needed: %s."
                        .formatted(topic, setting, value, expected, consequence(setting, expected)),
                Remedies.alterTopic(bootstrapServers, topic, setting + "=" + expected));
    }

    private static String consequence(String setting, String expected) {
        return switch (setting) {
            case "message.timestamp.type" ->
                expected.equals("LogAppendTime")
                        ? "a producer's own clock would decide which events lie in the future"
                        : "records would lose the time of the event that caused them";
            case "cleanup.policy" ->
                expected.equals("compact")
                        ? "state that is still valid would be deleted because it is old"
                        : "only the newest record of each key would be kept, and events would be lost";
            default -> "the contract in topology/topics.yaml says so";
        };
    }
}
