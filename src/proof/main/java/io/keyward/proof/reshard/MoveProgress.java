package io.keyward.proof.reshard;

import java.time.Duration;

/// Receives the progress while an application is moved.
public interface MoveProgress {
    MoveProgress NONE = new MoveProgress() {};

    String TRANSACTION_ENDED = "the open transaction of an instance has ended";

    /// A step is finished. An exception ends the move here, as if it had been killed.
    default void finished(Step step) {}

    /// The move waits until this is so, at most that long.
    default void waiting(String until, Duration atMost) {}

    /// This many rows were read so far.
    default void rows(long count) {}
}
