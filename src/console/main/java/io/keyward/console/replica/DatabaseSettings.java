package io.keyward.console.replica;

import java.nio.file.Path;
import java.time.Duration;

/// How the database of a replica is stored.
///
/// @param folder used by the database alone
/// @param memory bytes for RocksDB: blocks, indexes, filters and write buffers together
/// @param timelineKept how long entries of a timeline are kept after newer ones arrive
/// @param rules the rules that answers follow, see [io.keyward.domain.Decider#rulesOf]
public record DatabaseSettings(Path folder, long memory, Duration timelineKept, String rules) {
    /// `min.compaction.lag` of the output topics: for this long they contain everything that was published.
    public static final Duration TIMELINE_KEPT = Duration.ofDays(30);
}
