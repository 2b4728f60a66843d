package io.keyward.topology;

import io.keyward.client.TopicNames;
import io.keyward.domain.RuleProfile;
import java.time.InstantSource;

/// The parameters of a topology.
///
/// @param names the topic names
/// @param partitions the partition count of all inputs
/// @param profile the rule profile in effect
/// @param clock the clock by which deadlines expire (R25)
public record Flow(TopicNames names, int partitions, RuleProfile profile, Bounds bounds, InstantSource clock) {}
