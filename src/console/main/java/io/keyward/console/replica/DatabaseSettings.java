package io.keyward.console.replica;

import java.nio.file.Path;
import java.time.Duration;

/// How the database of a replica is kept.
///
/// @param folder for the database alone
/// @param memory bytes for RocksDB: blocks, indexes, filters and write buffers together
/// @param timelineKept how long entries of a timeline stay beside newer ones
/// @param rules the rules that answers are given by, see [io.keyward.domain.Decider#rulesOf]
public record DatabaseSettings(Path folder, long memory, Duration timelineKept, String rules) {
    /// The outputs' min.compaction.lag: for this long they say everything that was published.
    public static final Duration TIMELINE_KEPT = Duration.ofDays(30);
}
