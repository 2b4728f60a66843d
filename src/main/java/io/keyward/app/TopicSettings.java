package io.keyward.app;

import io.keyward.topology.TopicNames;

/// The names of the topics on the cluster, and how they are created.
///
/// @param partitions partition count of every topic that is created
/// @param replication replication factor; -1 leaves it to the broker
public record TopicSettings(TopicNames names, int partitions, short replication) {}
