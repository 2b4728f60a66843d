package io.keyward.proof.reshard;

/// What is told while an application is moved.
public interface MoveProgress {
    MoveProgress NONE = new MoveProgress() {};

    /// A step is finished. An exception ends the move here, as if it had been killed.
    default void finished(Step step) {}

    /// This many rows were read so far.
    default void rows(long count) {}
}
