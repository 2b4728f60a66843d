package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.topology.Admission;
import io.keyward.topology.contract.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/// What a proof by the inputs proves, and how.
///
/// @param admission as the application admits records
/// @param base with which the facts begin; without one they begin with the first record of every input
public record InputProof(Subject subject, Admission admission, Optional<BaseFolder> base, ProofProgress progress) {
    /// Checks that the base is of this application, with its present partitions.
    ///
    /// @throws CommandFailedException if it is not
    void requireBaseOf(InputTopics topics) {
        base.ifPresent(folder -> folder.requireOf(subject.applicationId(), topics.partitions()));
    }

    /// Where the facts of a partition begin.
    Position start(int partition) {
        return base.map(folder -> folder.base().position(partition)).orElseGet(() -> Position.start(partition));
    }

    /// What should be read and is not there any more. Of `rerouted` only what a base still waited for matters: the
    /// inputs hold the rest.
    ///
    /// @param beginnings the first offset that each partition still holds; of other topics, too
    List<Unverifiable> deleted(Map<TopicPartition, Long> beginnings) {
        List<Unverifiable> deleted = new ArrayList<>();
        beginnings.forEach((partition, beginning) -> subject.names()
                .topic(partition.topic())
                .filter(topic -> isNeeded(topic, partition.partition()))
                .filter(topic -> beginning > start(partition.partition()).next(topic))
                .ifPresent(topic -> deleted.add(Unverifiable.of(
                        partition.topic(),
                        partition.partition(),
                        "Retention has deleted the offsets %d to %d, %s."
                                .formatted(
                                        start(partition.partition()).next(topic),
                                        beginning - 1,
                                        base.isPresent()
                                                ? "which the base does not cover"
                                                : "and there is no base")))));
        return deleted;
    }

    private boolean isNeeded(Topic topic, int partition) {
        return topic == Topic.REROUTED
                ? base.map(folder -> folder.base().positions().get(partition).reroutedEnd())
                        .filter(end -> start(partition).next(topic) < end)
                        .isPresent()
                : Topics.events().contains(topic);
    }
}
