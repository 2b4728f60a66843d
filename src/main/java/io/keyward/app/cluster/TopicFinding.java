package io.keyward.app.cluster;

import io.keyward.app.config.TopicSettings;
import java.time.Duration;
import java.util.Optional;

/// A difference between a topic on the cluster and its contract.
public record TopicFinding(String sentence, String remedy) implements Finding {
    /// A month, and some days to find out that something is wrong.
    private static final Duration LEAST_RETENTION = Duration.ofDays(35);

    public static TopicFinding absent(String topic) {
        return new TopicFinding("Topic %s does not exist.".formatted(topic), "bin/keyward topics create");
    }

    /// The topic has fewer partitions than another one that must have as many.
    ///
    /// @param expected the greatest count among the inputs and `rerouted`, since partitions can only be added
    static TopicFinding partitionsDiffer(String topic, int partitions, int expected, String bootstrapServers) {
        return new TopicFinding(
                "Topic %s has %d partitions where another input has %d, so the events of one tenant would not meet. Where Keyward has run already, move its state as well: bin/keyward reshard run --partitions %d. Where it has not:"
                        .formatted(topic, partitions, expected, expected),
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

    /// Whether events that are kept for so long can be verified and read again.
    static boolean isEnough(Duration retention) {
        return retention.compareTo(LEAST_RETENTION) >= 0;
    }

    /// Events are deleted early. Nothing is decided wrongly because of it.
    static TopicFinding keptTooShort(String topic, Duration kept, Duration wanted, String bootstrapServers) {
        return new TopicFinding(
                "Topic %s has retention.ms=%d (%s): keep events for %d days, and not for less than %d, because deleted ones can be neither verified nor read again after a disaster."
                        .formatted(topic, kept.toMillis(), inWords(kept), wanted.toDays(), LEAST_RETENTION.toDays()),
                Remedies.alterTopic(bootstrapServers, topic, "retention.ms=" + wanted.toMillis()));
    }

    /// Events are deleted once a partition has reached a size. Nothing is decided wrongly because of it.
    static TopicFinding keptUpToASize(String topic, long bytes, String bootstrapServers) {
        return new TopicFinding(
                "Topic %s has retention.bytes=%d: a partition that is larger loses events, however new they are, and deleted ones can be neither verified nor read again after a disaster."
                        .formatted(topic, bytes),
                Remedies.alterTopic(bootstrapServers, topic, "retention.bytes=-1"));
    }

    private static String inWords(Duration time) {
        return time.toDays() > 0 ? time.toDays() + " days" : time.toHours() + " hours";
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
