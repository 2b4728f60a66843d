package io.keyward.console.replica;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/// What is known about the cluster beside what was read.
///
/// @param ends the committed end of each partition when it was last asked for
/// @param gaps what is not wholly known
record Reach(Map<TopicPartition, Long> ends, List<Gap> gaps) {
    /// A database that nobody fills from a cluster.
    static final Reach NONE = new Reach(Map.of(), List.of());

    Reach {
        ends = Map.copyOf(ends);
        gaps = List.copyOf(gaps);
    }

    /// Something that is not wholly known.
    ///
    /// @param sentence says it
    /// @param partition the only one that it concerns; empty if it concerns all
    record Gap(String sentence, Optional<TopicPartition> partition) {}
}
