package io.keyward.topology.contract;

import io.keyward.client.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The required settings of a topic, from `topology/topics.yaml`.
///
/// @param key a description of the record key
/// @param sharesPartitionCount whether the topic must have the same partition count as all inputs
/// @param config topic settings by Kafka's names; the broker's defaults apply to the others
/// @param description one sentence
public record TopicContract(
        Topic topic, String key, boolean sharesPartitionCount, Map<String, String> config, String description) {
    public TopicContract {
        config = Map.copyOf(config);
    }

    /// The required retention of records; empty if the contract leaves it to the broker.
    public Optional<Duration> retention() {
        return Optional.ofNullable(config.get("retention.ms")).map(millis -> Duration.ofMillis(Long.parseLong(millis)));
    }
}
