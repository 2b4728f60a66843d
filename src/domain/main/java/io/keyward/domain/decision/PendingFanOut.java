package io.keyward.domain.decision;

/// An interrupted fan-out with its trigger, stored until it is done.
///
/// @param reached how many environments it has decided so far
public record PendingFanOut(FanOut fanOut, Trigger trigger, long reached) {
    /// A fan-out that has not started.
    public static PendingFanOut start(FanOut fanOut, Trigger trigger) {
        return new PendingFanOut(fanOut, trigger, 0);
    }

    /// The rest of the fan-out after it has decided some more environments.
    public PendingFanOut advance(FanOut rest, int more) {
        return new PendingFanOut(rest, trigger, reached + more);
    }
}
