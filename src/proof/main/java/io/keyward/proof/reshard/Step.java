package io.keyward.proof.reshard;

/// The steps of a move, in their order. After each one a move can be killed and begun again.
public enum Step {
    /// The topic of generations says MOVING: nothing may run.
    MARKED,
    /// The inputs have the new count.
    GROWN,
    /// The changelogs of the new generation exist.
    CREATED,
    /// They hold every row.
    COPIED,
    /// The offsets of the new generation are committed, and the topic of generations says DONE.
    DONE
}
