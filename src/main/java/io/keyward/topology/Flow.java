package io.keyward.topology;

import io.keyward.domain.RuleProfile;
import java.time.Duration;

/// What the topology is built for.
///
/// @param names the topics
/// @param partitions the partition count that all inputs share
/// @param profile the rule profile in effect
/// @param maxFuture how far ahead of the broker's time of its record an event may claim to lie
/// @param fanOutBound how many environments one event, or one continuation of it, reaches at most in one transaction
public record Flow(TopicNames names, int partitions, RuleProfile profile, Duration maxFuture, int fanOutBound) {
    /// Few enough for a transaction of a second, many enough that hardly any key needs a continuation.
    public static final int DEFAULT_FAN_OUT_BOUND = 5_000;
}
