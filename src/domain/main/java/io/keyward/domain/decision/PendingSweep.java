package io.keyward.domain.decision;

/// An interrupted sweep with its trigger, stored until it is done.
///
/// @param reached how many environments it has reached so far
public record PendingSweep(Sweep sweep, Trigger trigger, long reached) {
    /// A sweep that has not begun.
    public static PendingSweep start(Sweep sweep, Trigger trigger) {
        return new PendingSweep(sweep, trigger, 0);
    }

    /// The rest of the sweep after it has reached some more environments.
    public PendingSweep advance(Sweep rest, int more) {
        return new PendingSweep(rest, trigger, reached + more);
    }
}
