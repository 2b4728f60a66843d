package io.keyward.app.cluster;

import io.keyward.topology.contract.TopicContract;
import java.util.Optional;

/// A topic as it should be and as it is.
///
/// @param name full name on the cluster
/// @param state empty if the topic does not exist
public record TopicRow(String name, TopicContract contract, Optional<TopicState> state) {}
