package io.keyward.app.cluster;

import io.keyward.topology.contract.TopicContract;
import java.util.Optional;

/// A topic: its contract, and its state on the cluster.
///
/// @param name full name on the cluster
/// @param state empty if the topic does not exist
public record TopicRow(String name, TopicContract contract, Optional<TopicState> state) {}
