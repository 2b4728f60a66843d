package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.proof.Unverifiable;
import io.keyward.topology.contract.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/// Finds what should be read and is not there any more. Of `rerouted` only what a base still waited for
/// matters: the inputs hold the rest.
///
/// @param base with which the facts begin, if there is one
record DeletedInputs(TopicNames names, Optional<Base> base) {
    /// Where the facts of a partition begin.
    Position start(int partition) {
        return base.map(found -> found.position(partition)).orElseGet(() -> Position.start(partition));
    }

    /// @param beginnings the first offset that each partition still holds; of other topics, too
    List<Unverifiable> among(Map<TopicPartition, Long> beginnings) {
        List<Unverifiable> deleted = new ArrayList<>();
        beginnings.forEach((partition, beginning) -> names.topic(partition.topic())
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
                ? base.filter(found -> start(partition).next(topic)
                                < found.positions().get(partition).reroutedEnd())
                        .isPresent()
                : Topics.events().contains(topic);
    }
}
