package io.keyward.console.replica;

import io.keyward.config.ClientSettings;
import java.time.Duration;
import java.time.InstantSource;

/// What a replica follows, and where it is kept.
///
/// @param kafka for every Kafka client, verbatim
/// @param look how often the cluster is asked for its topics, their partitions and their ends
/// @param patience how long an open transaction may hide records before answers say so
public record ReplicaSettings(
        ClientSettings kafka,
        FollowedTopics topics,
        DatabaseSettings database,
        Duration look,
        Duration patience,
        InstantSource clock) {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// The same for other topics.
    ReplicaSettings following(FollowedTopics others) {
        return new ReplicaSettings(kafka, others, database, look, patience, clock);
    }

    public ReplicaSettings(
            ClientSettings kafka, FollowedTopics topics, DatabaseSettings database, InstantSource clock) {
        this(kafka, topics, database, LOOK, PATIENCE, clock);
    }
}
