package io.keyward.topology;

/// Tells where tasks go on: what they had decided in their last committed transaction.
@FunctionalInterface
public interface CommittedPositions {
    /// For use without a cluster: nothing is committed.
    CommittedPositions NONE = Position::start;

    /// The committed position of that partition; 0 for a topic of which nothing is committed. Waits until open
    /// commits have ended.
    ///
    /// @throws org.apache.kafka.common.errors.TimeoutException if the cluster does not answer; the task will be
    ///     started again
    Position of(int partition);
}
