package io.keyward.domain;

import java.time.Instant;
import java.util.Optional;

/// When an environment must be decided again if no other event arrives (R25), and when its timer fires.
///
/// A timer never fires after `dueAt`. If it fires earlier, the decision changes nothing, and the timer is set for
/// `dueAt`. So it can stay when `dueAt` moves to a later time, which avoids most changes of its row.
///
/// @param firesAt the time of its row in the store `deadlines`
public record Timer(Instant dueAt, Instant firesAt) {
    /// A timer that fires when it is due.
    public static Timer at(Instant dueAt) {
        return new Timer(dueAt, dueAt);
    }

    /// The timer after a decision: the one that was set, if it has not fired and fires no later than `dueAt`;
    /// otherwise one that fires at `dueAt`. Empty if nothing is due.
    ///
    /// @param set the timer before the decision
    /// @param timeReached the time that the tenant has reached; timers up to then have fired
    static Optional<Timer> next(Optional<Timer> set, Optional<Instant> dueAt, Instant timeReached) {
        if (dueAt.isEmpty()) {
            return Optional.empty();
        }
        Instant due = dueAt.get();
        boolean stays = set.isPresent()
                && set.get().firesAt().isAfter(timeReached)
                && !set.get().firesAt().isAfter(due);
        return Optional.of(stays ? new Timer(due, set.get().firesAt()) : at(due));
    }
}
