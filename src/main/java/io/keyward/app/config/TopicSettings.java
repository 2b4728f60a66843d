package io.keyward.app.config;

import io.keyward.topology.contract.TopicNames;
import java.util.List;
import java.util.Map;

/// The names of the topics on the cluster, and how they are created.
///
/// @param partitions partition count of every topic that is created
/// @param replication replication factor; -1 leaves it to the broker
public record TopicSettings(TopicNames names, int partitions, short replication) {
    static final Setting<String> PREFIX = Setting.of(
            "keyward.topics.prefix", "cmk.", TopicNames.ACCEPTED_PREFIX, text -> new TopicNames(text).prefix());
    public static final Setting<Integer> PARTITIONS =
            Setting.ofWholeNumber("keyward.topics.partitions", "12", 1, 10_000);
    static final Setting<Short> REPLICATION = Setting.of(
            "keyward.topics.replication",
            "-1",
            "a whole number from 1 to 100, or -1 for the broker's default",
            Parsers::replication);

    static final List<Setting<?>> ALL = List.of(PREFIX, PARTITIONS, REPLICATION);

    /// The `min.insync.replicas` of a topic that has enough replicas: one broker may be lost, and every
    /// acknowledged record is still on another one.
    public static final int MIN_IN_SYNC_REPLICAS = 2;

    /// With at least this many replicas, one broker may be down without blocking producers.
    public static final int ENOUGH_REPLICAS = 3;

    static TopicSettings from(ConfigReader reader) {
        return new TopicSettings(
                new TopicNames(reader.value(PREFIX)), reader.value(PARTITIONS), reader.value(REPLICATION));
    }

    void describe(Map<String, String> lines) {
        PREFIX.describe(names.prefix(), lines);
        PARTITIONS.describe(partitions, lines);
        REPLICATION.describe(replication, lines);
    }
}
