package io.keyward.topology;

import io.keyward.client.Position;
import java.util.Optional;

/// Reads where tasks resume: the state of their last committed transaction.
public interface CommittedOffsets {
    /// For use without a cluster: there are no commits.
    CommittedOffsets NONE = Position::start;

    /// Whether a task of that partition has ever committed. Offsets that tools have set are ignored: only Kafka
    /// Streams commits with metadata.
    ///
    /// @throws org.apache.kafka.common.errors.TimeoutException as [#of]
    default boolean anyOfTask(int partition) {
        return false;
    }

    /// The newest state digest of that partition's stores in their changelog; empty if there is none.
    ///
    /// @throws org.apache.kafka.common.errors.TimeoutException as [#of]
    default Optional<byte[]> stateDigest(int partition) {
        return Optional.empty();
    }

    /// The committed position of that partition; 0 for a topic without a committed offset. Waits until open
    /// commits have ended.
    ///
    /// @throws org.apache.kafka.common.errors.TimeoutException if the cluster does not answer; the task is then
    ///     started again
    Position of(int partition);
}
