package io.keyward.app.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreListener;

/// Runs Kafka Streams, and tells when it has ended and why it failed.
public final class StreamsRuntime {
    private final KafkaStreams streams;
    private final GroupMembershipOperation atTheEnd;
    private final Recovery recovery;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /// @param restoration receives the progress of restoring the stores
    /// @param membership whose settings are among the others
    public StreamsRuntime(
            Topology topology, StreamsConfig config, StateRestoreListener restoration, Membership membership) {
        streams = new KafkaStreams(topology, config, membership.clients());
        atTheEnd = membership.atTheEnd();
        recovery = new Recovery(() -> FencedName.isAnothers(config, membership.clients()));
        streams.setUncaughtExceptionHandler(recovery);
        streams.setGlobalStateRestoreListener(restoration);
        streams.setStateListener((now, _) -> {
            if (now == State.NOT_RUNNING || now == State.ERROR) {
                ended.complete(null);
            }
        });
    }

    KafkaStreams streams() {
        return streams;
    }

    public void start() {
        streams.start();
    }

    /// Completes when Kafka Streams has stopped, whatever the reason.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    Optional<Throwable> failure() {
        return recovery.failure();
    }

    /// Commits, and leaves the group or stays in it.
    ///
    /// @return whether it was done within the limit
    public boolean close(Duration limit) {
        return streams.close(CloseOptions.groupMembershipOperation(atTheEnd).withTimeout(limit));
    }
}
