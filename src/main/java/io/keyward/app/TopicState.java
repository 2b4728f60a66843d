package io.keyward.app;

import java.util.Map;

/// What a topic is like on the cluster.
///
/// @param config effective settings by Kafka's names, defaults of the broker included
public record TopicState(int partitions, int replication, Map<String, String> config) {
    public TopicState {
        config = Map.copyOf(config);
    }
}
