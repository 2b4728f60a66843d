package io.keyward.topology;

import io.keyward.client.TopicNames;
import io.keyward.domain.RuleProfile;
import java.time.InstantSource;

/// What the topology is built for.
///
/// @param names the topics
/// @param partitions the partition count of all inputs
/// @param profile the rule profile in effect
/// @param clock that decides when something has fallen due (R25)
public record Flow(TopicNames names, int partitions, RuleProfile profile, Bounds bounds, InstantSource clock) {}
