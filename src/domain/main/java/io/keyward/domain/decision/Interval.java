package io.keyward.domain.decision;

import io.keyward.domain.fact.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// A time: it holds `t` if `from` ≤ `t` < `until`.
///
/// @param from [Instant#MIN] for the beginning of time
/// @param until [Instant#MAX] if it has not ended
public record Interval(Instant from, Instant until) {
    /// From the beginning of time to that moment.
    public static Interval upTo(Instant until) {
        return new Interval(Instant.MIN, until);
    }

    /// Whether it has not ended.
    public boolean open() {
        return until.equals(Instant.MAX);
    }

    public boolean isEmpty() {
        return !from.isBefore(until);
    }

    /// The part of it that the other one holds, too; may be empty.
    public Interval within(Interval other) {
        return new Interval(Instants.max(from, other.from), Instants.min(until, other.until));
    }

    /// The same moments in as few intervals as possible, oldest first: those that touch or overlap become one. The
    /// list is new and belongs to the caller.
    public static List<Interval> joined(Collection<Interval> intervals) {
        List<Interval> held = new ArrayList<>(intervals);
        held.removeIf(Interval::isEmpty);
        return unbroken(held);
    }

    /// The same without regard to whether they are empty: one that begins as it ends stays, or joins the others.
    ///
    /// @param times not to be used any more
    public static List<Interval> unbroken(List<Interval> times) {
        if (times.size() < 2) { // nearly always
            return times;
        }
        times.sort(Comparator.comparing(Interval::from));
        List<Interval> unbroken = new ArrayList<>(times.size());
        for (Interval next : times) {
            if (!unbroken.isEmpty() && !next.from.isAfter(unbroken.getLast().until)) {
                Interval last = unbroken.removeLast();
                unbroken.add(new Interval(last.from, Instants.max(last.until, next.until)));
            } else {
                unbroken.add(next);
            }
        }
        return unbroken;
    }
}
