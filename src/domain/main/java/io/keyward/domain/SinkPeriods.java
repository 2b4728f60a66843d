package io.keyward.domain;

import io.keyward.domain.decision.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The periods in which each sink was in the rule profile. Each change of profile may lose and gain sinks (R15).
///
/// @param bySink the periods of each sink, oldest first
public record SinkPeriods(SortedMap<String, List<TimeRange>> bySink) {
    private static final TimeRange ALWAYS = new TimeRange(Instant.MIN, Instant.MAX);

    public SinkPeriods {
        bySink = Collections.unmodifiableSortedMap(bySink);
    }

    /// These sinks at all times.
    public static SinkPeriods always(Collection<String> sinks) {
        SortedMap<String, List<TimeRange>> always = new TreeMap<>();
        sinks.forEach(sink -> always.put(sink, List.of(ALWAYS)));
        return new SinkPeriods(always);
    }

    /// These periods, and from that moment on exactly these sinks.
    public SinkPeriods followedBy(Collection<String> sinks, Instant at) {
        SortedMap<String, List<TimeRange>> after = new TreeMap<>(bySink);
        after.replaceAll(
                (sink, periods) -> sinks.contains(sink) || !periods.getLast().open() ? periods : ended(periods, at));
        for (String sink : sinks) {
            List<TimeRange> periods = new ArrayList<>(after.getOrDefault(sink, List.of()));
            if (periods.isEmpty() || !periods.getLast().open()) {
                periods.add(new TimeRange(at, Instant.MAX));
                after.put(sink, periods);
            }
        }
        return new SinkPeriods(after);
    }

    /// The periods of both, for partitions whose rows are combined.
    public SinkPeriods joinedWith(SinkPeriods other) {
        SortedMap<String, List<TimeRange>> joined = new TreeMap<>(bySink);
        other.bySink.forEach((sink, periods) -> joined.merge(
                sink,
                periods,
                (one, another) -> TimeRange.joined(
                        Stream.concat(one.stream(), another.stream()).toList())));
        return new SinkPeriods(joined);
    }

    private static List<TimeRange> ended(List<TimeRange> periods, Instant at) {
        List<TimeRange> ended = new ArrayList<>(periods);
        ended.add(new TimeRange(ended.removeLast().from(), at));
        return ended;
    }

    /// The suppressions that a sink must receive: those that end after the profile gained it. Each is complete, up
    /// to the moment at which the profile lost the sink.
    ///
    /// @param sink one of [#bySink]
    /// @param suppressed joined: those that touch or overlap are one
    List<TimeRange> concerning(String sink, List<TimeRange> suppressed) {
        List<TimeRange> periods = bySink.get(sink);
        if (periods.equals(List.of(ALWAYS))) { // the usual case
            return suppressed;
        }
        List<TimeRange> relevant = new ArrayList<>();
        for (TimeRange period : periods) {
            for (TimeRange interval : suppressed) {
                if (interval.until().isAfter(period.from())) {
                    relevant.add(interval.within(TimeRange.upTo(period.until())));
                }
            }
        }
        return relevant;
    }
}
