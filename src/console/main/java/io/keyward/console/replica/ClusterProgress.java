package io.keyward.console.replica;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;

/// What is known about the cluster, besides the records that were read.
///
/// @param ends the committed end of each partition at the last refresh
/// @param gaps what is not fully known
/// @param decided how far the processor has decided its inputs, by partition
/// @param now the time of the query
record ClusterProgress(Map<TopicPartition, Long> ends, List<Gap> gaps, List<Decided> decided, Instant now) {
    /// For a database that is not filled from a cluster.
    static final ClusterProgress NONE = new ClusterProgress(Map.of(), List.of(), List.of(), Instant.EPOCH);

    /// How far the processor has decided the inputs in that partition, or in all partitions.
    Decided decided(OptionalInt partition) {
        if (partition.isPresent() && partition.getAsInt() < decided.size()) {
            return decided.get(partition.getAsInt());
        }
        return decided.stream().reduce(Decided::and).orElse(Decided.NOTHING);
    }

    /// A sentence about what is not decided yet in that partition, or in all partitions. Empty for a database
    /// that is not filled from a cluster.
    Optional<String> undecided(OptionalInt partition) {
        return decided.isEmpty() ? Optional.empty() : decided(partition).gap(now);
    }

    /// What is not known at this time, one sentence each.
    List<String> missing() {
        List<String> missing = new ArrayList<>(gaps.stream().map(Gap::sentence).toList());
        undecided(OptionalInt.empty()).ifPresent(missing::add);
        return missing;
    }

    /// The same with this sentence as the only gap.
    ClusterProgress but(String sentence) {
        return new ClusterProgress(ends, List.of(Gap.ofAll(sentence)), decided, now);
    }

    ClusterProgress at(Instant moment) {
        return new ClusterProgress(ends, gaps, decided, moment);
    }

    /// Something that is not fully known.
    ///
    /// @param sentence describes it
    /// @param partition the only partition that it concerns; empty if it concerns all
    record Gap(String sentence, Optional<TopicPartition> partition) {
        static Gap ofAll(String sentence) {
            return new Gap(sentence, Optional.empty());
        }
    }
}
