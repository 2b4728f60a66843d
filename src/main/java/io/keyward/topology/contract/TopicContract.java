package io.keyward.topology.contract;

import io.keyward.topology.contract.Topic.Direction;
import java.util.Map;
import java.util.Optional;

/// What a topic must look like on a cluster, as `topology/topics.yaml` says it.
///
/// @param direction who writes the topic and who reads it
/// @param valueSchema full name of the Avro schema of the values; empty where bytes are passed on as received
/// @param key form of the record key, for people
/// @param sharesPartitionCount whether the topic must have the one partition count that all inputs have in common
/// @param config topic settings by Kafka's names; what is not named is left to the broker
/// @param description one sentence
public record TopicContract(
        Topic topic,
        Direction direction,
        Optional<String> valueSchema,
        String key,
        boolean sharesPartitionCount,
        Map<String, String> config,
        String description) {
    public TopicContract {
        config = Map.copyOf(config);
    }
}
