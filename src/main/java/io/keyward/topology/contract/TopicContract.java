package io.keyward.topology.contract;

import java.util.Map;

/// What a topic must look like on a cluster, as `topology/topics.yaml` says it.
///
/// @param key form of the record key, for people
/// @param sharesPartitionCount whether the topic must have the one partition count that all inputs have in common
/// @param config topic settings by Kafka's names; what is not named is left to the broker
/// @param description one sentence
public record TopicContract(
        Topic topic, String key, boolean sharesPartitionCount, Map<String, String> config, String description) {
    public TopicContract {
        config = Map.copyOf(config);
    }
}
