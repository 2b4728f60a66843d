package io.keyward.console.replica;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;

/// What is known about the cluster beside what was read.
///
/// @param ends the committed end of each partition when it was last asked for
/// @param gaps what is not wholly known
/// @param decided how far the processor has decided what its inputs hold, by partition
/// @param now when it is asked for
record ClusterProgress(Map<TopicPartition, Long> ends, List<Gap> gaps, List<Decided> decided, Instant now) {
    /// A database that nobody fills from a cluster.
    static final ClusterProgress NONE = new ClusterProgress(Map.of(), List.of(), List.of(), Instant.EPOCH);

    /// How far the processor is with the inputs of that partition, or of all.
    Decided decided(OptionalInt partition) {
        if (partition.isPresent() && partition.getAsInt() < decided.size()) {
            return decided.get(partition.getAsInt());
        }
        return decided.stream().reduce(Decided::and).orElse(Decided.NOTHING);
    }

    /// What is not known now of the inputs of that partition, or of all, as a sentence. Nobody says it of a database
    /// that is not filled from a cluster.
    Optional<String> undecided(OptionalInt partition) {
        return decided.isEmpty() ? Optional.empty() : decided(partition).gap(now);
    }

    /// What is not known now, one sentence each.
    List<String> missing() {
        List<String> missing = new ArrayList<>(gaps.stream().map(Gap::sentence).toList());
        undecided(OptionalInt.empty()).ifPresent(missing::add);
        return missing;
    }

    /// Nothing else is known any more than what a sentence says.
    ClusterProgress but(String sentence) {
        return new ClusterProgress(ends, List.of(Gap.ofAll(sentence)), decided, now);
    }

    ClusterProgress at(Instant moment) {
        return new ClusterProgress(ends, gaps, decided, moment);
    }

    /// Something that is not wholly known.
    ///
    /// @param sentence says it
    /// @param partition the only one that it concerns; empty if it concerns all
    record Gap(String sentence, Optional<TopicPartition> partition) {
        static Gap ofAll(String sentence) {
            return new Gap(sentence, Optional.empty());
        }
    }
}
