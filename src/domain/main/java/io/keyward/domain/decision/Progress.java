package io.keyward.domain.decision;

import java.time.Instant;

/// Up to when one partition of the inputs is decided (R33): a resolved timestamp, as in change feeds.
///
/// @param partitions how many partitions the inputs have
/// @param decidedUpTo [Instant#EPOCH] if unknown
/// @param positions the next offset of each topic, as in the header of outputs
public record Progress(int partition, int partitions, Instant decidedUpTo, String positions, String applicationId) {}
