package io.keyward.proof.reshard;

import io.keyward.cluster.CommandFailedException;
import io.keyward.topology.store.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What must hold before an application is moved.
record MoveChecks(Move move, MoveCluster cluster) {
    /// The partition count of a complete generation.
    ///
    /// @throws CommandFailedException if its changelogs or its offsets are not complete, or it has that many
    ///     partitions
    int partitionsOf(int generation, Map<String, Integer> changelogs) {
        List<String> missing = move.changelogs(generation).stream()
                .filter(name -> !changelogs.containsKey(name))
                // Without that of the deadlines nothing is lost: the first start decides everything again.
                .filter(name -> !name.equals(move.changelog(generation, Nodes.DEADLINES)))
                .toList();
        if (!missing.isEmpty()) {
            throw new CommandFailedException(
                    "The application %s has no complete state to move; these changelogs are missing: %s. If it has never run, create the topics with keyward.topics.partitions = %d instead."
                            .formatted(move.applicationId(generation), String.join(", ", missing), move.partitions()));
        }
        Set<Integer> counts = new TreeSet<>(changelogs.values());
        if (counts.size() > 1) {
            throw new CommandFailedException(
                    "The changelogs of %s have different partition counts: %s. Not all of them can belong to it."
                            .formatted(move.applicationId(generation), changelogs));
        }
        int count = counts.iterator().next();
        if (count >= move.partitions()) {
            throw new CommandFailedException(
                    "The application %s has %d partitions; --partitions must be more than that: Kafka cannot take partitions away."
                            .formatted(move.applicationId(generation), count));
        }
        if (cluster.committed(move.applicationId(generation), move.inputs(count))
                .isEmpty()) {
            throw new CommandFailedException(
                    "The group %s has no committed offsets, so that it is not known what its state holds. Start the application once with its old count, stop it, and move it then."
                            .formatted(move.applicationId(generation)));
        }
        return count;
    }

    /// Requires that every topic that shares the count of the inputs exists, and can get the new one.
    void requireCounts(int from, Map<String, Integer> shared) {
        move.sharedTopics().forEach(topic -> {
            Integer count = shared.get(topic);
            if (count == null) {
                throw new CommandFailedException(
                        "Topic %s does not exist. Create it first: bin/keyward topics create".formatted(topic));
            }
            if (count < from || count > move.partitions()) {
                throw new CommandFailedException(
                        "Topic %s has %d partitions; before a move to %d each such topic has %d, or the new count."
                                .formatted(topic, count, move.partitions(), from));
            }
        });
    }

    /// Requires that no changelog of the new generation exists: nobody knows what it holds.
    void requireAbsent(int generation) {
        Set<String> found = cluster.partitions(move.changelogs(generation)).keySet();
        if (!found.isEmpty()) {
            throw new CommandFailedException(
                    "Topics of the generation that is to be made exist already: %s. Find out what they are, and delete them."
                            .formatted(String.join(", ", found)));
        }
    }
}
