package io.keyward.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreListener;

/// Kafka Streams with a beginning, an end and, if it failed, a reason.
final class StreamsRuntime {
    private final KafkaStreams streams;
    private final Recovery recovery = new Recovery(InstantSource.system());
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /// @param restoration is told how far the restoration of the stores is
    StreamsRuntime(Topology topology, StreamsConfig config, StateRestoreListener restoration) {
        streams = new KafkaStreams(topology, config);
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

    void start() {
        streams.start();
    }

    /// Completes when Kafka Streams has stopped, whatever the reason.
    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    Optional<Throwable> failure() {
        return recovery.failure();
    }

    /// Commits what is done, and leaves the group, so that others, or the next start, need not wait for the session to
    /// expire.
    ///
    /// @return whether it was done within the limit
    boolean close(Duration limit) {
        return streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(limit));
    }
}
