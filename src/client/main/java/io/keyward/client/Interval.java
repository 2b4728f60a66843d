package io.keyward.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An interval of event times: `t` lies in it if `from` ≤ `t` < `until`.
///
/// @param from empty: the beginning of time
/// @param until empty: it has not ended
public record Interval(Optional<Instant> from, Optional<Instant> until) {
    static Interval before(Instant until) {
        return new Interval(Optional.empty(), Optional.of(until));
    }

    /// Whether the event time lies in the interval.
    ///
    /// @throws IllegalArgumentException as [SuppressionGate#check] does
    public boolean holds(Instant time) {
        return contains(EventTime.require(time, InstantSource.system()));
    }

    boolean contains(Instant time) {
        return !time.isBefore(start()) && time.isBefore(end());
    }

    /// The times that lie in the first intervals and in none of the others, as the fewest intervals, in order of
    /// time.
    static List<Interval> minus(Collection<Interval> these, Collection<Interval> others) {
        List<Interval> cuts = union(others);
        List<Interval> left = new ArrayList<>();
        for (Interval whole : union(these)) {
            Instant from = whole.start();
            for (Interval cut : cuts) {
                if (cut.end().isAfter(from) && cut.start().isBefore(whole.end())) {
                    add(left, from, cut.start());
                    from = cut.end();
                }
            }
            add(left, from, whole.end());
        }
        return left;
    }

    /// Merges intervals that touch or overlap, and drops empty ones.
    private static List<Interval> union(Collection<Interval> all) {
        List<Interval> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Interval::start));
        List<Interval> union = new ArrayList<>();
        for (Interval next : sorted) {
            Interval last = union.isEmpty() ? null : union.get(union.size() - 1);
            if (last == null || last.end().isBefore(next.start())) {
                add(union, next.start(), next.end());
            } else if (next.end().isAfter(last.end())) {
                union.set(union.size() - 1, new Interval(last.from(), next.until()));
            }
        }
        return union;
    }

    private static void add(List<Interval> intervals, Instant start, Instant end) {
        if (start.isBefore(end)) {
            intervals.add(new Interval(
                    Optional.of(start).filter(Instant.MIN::isBefore),
                    Optional.of(end).filter(Instant.MAX::isAfter)));
        }
    }

    private Instant start() {
        return from.orElse(Instant.MIN);
    }

    private Instant end() {
        return until.orElse(Instant.MAX);
    }
}
