package io.keyward.domain.decision;

import io.keyward.domain.fact.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// A range of time: it contains `t` if `from` ≤ `t` < `until`.
///
/// @param from [Instant#MIN] for the beginning of time
/// @param until [Instant#MAX] if it has not ended
public record TimeRange(Instant from, Instant until) {
    /// From the beginning of time to that moment.
    public static TimeRange upTo(Instant until) {
        return new TimeRange(Instant.MIN, until);
    }

    /// Whether it has not ended.
    public boolean open() {
        return until.equals(Instant.MAX);
    }

    public boolean isEmpty() {
        return !from.isBefore(until);
    }

    /// The part of it that the other one contains, too; may be empty.
    public TimeRange within(TimeRange other) {
        return new TimeRange(Instants.max(from, other.from), Instants.min(until, other.until));
    }

    /// The same moments in as few intervals as possible, oldest first: those that touch or overlap become one.
    /// The list is new and belongs to the caller.
    public static List<TimeRange> joined(Collection<TimeRange> intervals) {
        List<TimeRange> held = new ArrayList<>(intervals);
        held.removeIf(TimeRange::isEmpty);
        return unbroken(held);
    }

    /// As [#joined], but empty ranges are kept or joined with the others.
    ///
    /// @param times must not be used afterwards
    public static List<TimeRange> unbroken(List<TimeRange> times) {
        if (times.size() < 2) { // the usual case
            return times;
        }
        times.sort(Comparator.comparing(TimeRange::from));
        List<TimeRange> unbroken = new ArrayList<>(times.size());
        for (TimeRange next : times) {
            if (!unbroken.isEmpty() && !next.from.isAfter(unbroken.getLast().until)) {
                TimeRange last = unbroken.removeLast();
                unbroken.add(new TimeRange(last.from, Instants.max(last.until, next.until)));
            } else {
                unbroken.add(next);
            }
        }
        return unbroken;
    }
}
