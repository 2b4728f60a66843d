package io.keyward.app.config;

import io.keyward.topology.contract.TopicNames;

/// The names of the topics on the cluster, and how they are created.
///
/// @param partitions partition count of every topic that is created
/// @param replication replication factor; -1 leaves it to the broker
public record TopicSettings(TopicNames names, int partitions, short replication) {
    /// The `min.insync.replicas` of a topic that has enough replicas: one broker may be away, and whatever was
    /// acknowledged is still on another one.
    public static final int MIN_IN_SYNC_REPLICAS = 2;

    /// From so many replicas on a broker may be away without holding up producers.
    public static final int ENOUGH_REPLICAS = 3;
}
