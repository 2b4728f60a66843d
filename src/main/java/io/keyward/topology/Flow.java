package io.keyward.topology;

import io.keyward.domain.RuleProfile;
import io.keyward.topology.contract.TopicNames;

/// What the topology is built for.
///
/// @param names the topics
/// @param partitions the partition count of all inputs
/// @param profile the rule profile in effect
public record Flow(TopicNames names, int partitions, RuleProfile profile, Bounds bounds) {}
