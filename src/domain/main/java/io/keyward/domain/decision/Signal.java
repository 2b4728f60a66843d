package io.keyward.domain.decision;

import io.keyward.domain.fact.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a sink receives about an environment's data (R15).
///
/// @param action whether new data must be kept from the sink
/// @param effectiveFrom the beginning of the present suppression, or the end of the last one
/// @param gaps all suppressions that have ended, oldest first, at most [#MOST_GAPS]: their data must not be
///     delivered
public record Signal(Action action, Instant effectiveFrom, List<TimeRange> gaps) {
    /// The maximum number of gaps in a signal; if there are more, the two oldest become one.
    public static final int MOST_GAPS = 32;

    /// What the sink must do.
    public enum Action {
        SUPPRESS,
        ALLOW
    }

    public Signal {
        gaps = List.copyOf(gaps);
    }

    /// The signal for these suppressions.
    ///
    /// @param suppressed in any order
    /// @param now from when an environment is allowed that was never suppressed
    public static Signal of(List<TimeRange> suppressed, Instant now) {
        List<TimeRange> gaps = TimeRange.joined(suppressed);
        boolean suppress = !gaps.isEmpty() && gaps.getLast().open();
        // No event is older than 1970, so that stands for the beginning of time.
        Instant from = suppress ? Instants.max(gaps.removeLast().from(), Instant.EPOCH) : now;
        while (gaps.size() > MOST_GAPS) {
            gaps.set(0, new TimeRange(gaps.getFirst().from(), gaps.remove(1).until()));
        }
        if (suppress) {
            return new Signal(Action.SUPPRESS, from, gaps);
        }
        return new Signal(Action.ALLOW, gaps.isEmpty() ? now : gaps.getLast().until(), gaps);
    }

    /// The signal after the present suppression has ended.
    public Signal endedAt(Instant now) {
        List<TimeRange> suppressed = new ArrayList<>(gaps);
        suppressed.add(new TimeRange(effectiveFrom, Instants.max(effectiveFrom, now)));
        return of(suppressed, now);
    }

    public boolean suppresses() {
        return action == Action.SUPPRESS;
    }

    /// Whether it means the same as no signal.
    public boolean isNothing() {
        return !suppresses() && gaps.isEmpty();
    }

    /// Whether both mean the same to a sink.
    public boolean isEquivalentTo(Signal other) {
        return equals(other) || (isNothing() && other.isNothing());
    }
}
