package io.keyward.domain.decision;

/// An interrupted sweep with its trigger, stored until it is done.
///
/// @param reached how many environments it has reached so far
public record PendingFanOut(FanOut fanOut, Trigger trigger, long reached) {
    /// A sweep that has not begun.
    public static PendingFanOut start(FanOut fanOut, Trigger trigger) {
        return new PendingFanOut(fanOut, trigger, 0);
    }

    /// The rest of the sweep after it has reached some more environments.
    public PendingFanOut advance(FanOut rest, int more) {
        return new PendingFanOut(rest, trigger, reached + more);
    }
}
