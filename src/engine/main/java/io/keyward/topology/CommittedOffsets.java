package io.keyward.topology;

import io.keyward.client.Position;
import java.util.Optional;

/// Tells where tasks go on: what they had decided in their last committed transaction.
public interface CommittedOffsets {
    /// For use without a cluster: nothing is committed.
    CommittedOffsets NONE = Position::start;

    /// Whether a task of that partition has ever committed. Offsets that tools have set do not count: Kafka Streams
    /// commits with metadata of its own, they without.
    ///
    /// @throws org.apache.kafka.common.errors.TimeoutException as [#of]
    default boolean anyOfTask(int partition) {
        return false;
    }

    /// The newest seal of that partition's stores in their changelog; empty if there is none.
    ///
    /// @throws org.apache.kafka.common.errors.TimeoutException as [#of]
    default Optional<byte[]> stateDigest(int partition) {
        return Optional.empty();
    }

    /// The committed position of that partition; 0 for a topic of which nothing is committed. Waits until open
    /// commits have ended.
    ///
    /// @throws org.apache.kafka.common.errors.TimeoutException if the cluster does not answer; the task will be
    ///     started again
    Position of(int partition);
}
