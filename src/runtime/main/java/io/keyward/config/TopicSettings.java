package io.keyward.config;

import io.keyward.client.TopicNames;

/// The names of the topics on the cluster, and how topics are created.
///
/// @param partitions partition count of every new topic
/// @param replication replication factor; -1 for the broker's default
public record TopicSettings(TopicNames names, int partitions, short replication) {
    static final SettingList SETTINGS = new SettingList();

    static final Setting<String> PREFIX = SETTINGS.of(
            "keyward.topics.prefix", "cmk.", TopicNames.ACCEPTED_PREFIX, text -> new TopicNames(text).prefix());
    public static final Setting<Integer> PARTITIONS =
            SETTINGS.wholeNumber("keyward.topics.partitions", "12", 1, 10_000);
    static final Setting<Short> REPLICATION = SETTINGS.of(
            "keyward.topics.replication",
            "-1",
            "a whole number from 1 to 100, or -1 for the broker's default",
            Parsers::replication);

    /// The `min.insync.replicas` of a topic that has enough replicas: if one broker is lost, every acknowledged
    /// record is still on another one.
    public static final int MIN_IN_SYNC_REPLICAS = 2;

    /// With at least this many replicas, one broker may be down without blocking producers.
    public static final int ENOUGH_REPLICAS = 3;

    static TopicSettings from(Configured values) {
        return new TopicSettings(
                new TopicNames(values.value(PREFIX)), values.value(PARTITIONS), values.value(REPLICATION));
    }
}
