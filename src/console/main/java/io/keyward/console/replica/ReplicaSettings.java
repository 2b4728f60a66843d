package io.keyward.console.replica;

import io.keyward.config.ClientSettings;
import java.time.Duration;
import java.time.InstantSource;

/// What a replica follows, and where it is stored.
///
/// @param kafka the settings of every Kafka client, passed on unchanged
/// @param refreshInterval how often topics, partitions and end offsets are queried
/// @param patience how long an open transaction may hide records before answers say so
public record ReplicaSettings(
        ClientSettings kafka,
        FollowedTopics topics,
        DatabaseSettings database,
        Duration refreshInterval,
        Duration patience,
        InstantSource clock) {
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// The same with other topics.
    ReplicaSettings following(FollowedTopics others) {
        return new ReplicaSettings(kafka, others, database, refreshInterval, patience, clock);
    }

    public ReplicaSettings(
            ClientSettings kafka, FollowedTopics topics, DatabaseSettings database, InstantSource clock) {
        this(kafka, topics, database, REFRESH_INTERVAL, PATIENCE, clock);
    }
}
