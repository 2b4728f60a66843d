package io.keyward.cluster;

import io.keyward.topology.contract.TopicContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.config.TopicConfig;

/// A topic: its contract, and its state on the cluster.
///
/// @param name full name on the cluster
/// @param state empty if the topic does not exist
public record TopicRow(String name, TopicContract contract, Optional<TopicState> state) {
    /// The state of a topic on the cluster.
    ///
    /// @param config effective settings by Kafka's names, broker defaults included
    public record TopicState(int partitions, int replication, Map<String, String> config) {
        public TopicState {
            config = Map.copyOf(config);
        }

        /// The maximum compressed record batch that the topic accepts, in bytes.
        public int maxRecordBytes() {
            return Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        }

        /// How long records are kept; empty if forever.
        public Optional<Duration> retention() {
            long millis = Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG));
            return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
        }

        /// The size in bytes beyond which a partition deletes its oldest records; empty if unlimited.
        OptionalLong retainedBytes() {
            long bytes = Long.parseLong(config.get(TopicConfig.RETENTION_BYTES_CONFIG));
            return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        }

        /// The number of replicas that must have a record before it counts as written.
        int inSyncReplicas() {
            return Integer.parseInt(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
        }
    }
}
