package io.keyward.domain;

import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was known of the series of an environment when they ended. The facts alone do not show whether it was
/// enabled then (R15).
///
/// @param present the series at the last decision, if there was one
/// @param ended the newest series that have ended, in the order of their ends; of two entries about the same
///     series, the later one was known later
public record SeriesMemory(Optional<Known> present, List<Ended> ended) {
    /// How many series are remembered.
    static final int CAPACITY = 32;

    public static final SeriesMemory NONE = new SeriesMemory(Optional.empty(), List.of());

    /// A series.
    ///
    /// @param enabledSince since when the environment was enabled, or its inventory was not known; empty if it was
    ///     neither
    /// @param slotHeld whether it held a slot
    public record Known(Instant start, Optional<Instant> enabledSince, boolean slotHeld) {}

    /// A series, and the moment at which the data left the key.
    public record Ended(Known series, Instant end) {
        private boolean is(TimeRange other) {
            return series.start().equals(other.from()) && end.equals(other.until());
        }

        /// What was published under a slot stays, whatever becomes known later.
        private boolean staysPublished() {
            return series.slotHeld() && series.enabledSince().isPresent();
        }

        private TimeRange suppressed() {
            return new TimeRange(series.enabledSince().orElse(end), end);
        }
    }

    public SeriesMemory {
        ended = List.copyOf(ended);
    }

    /// The memory that explains the times that a signal published as suppressed. Each series counts as enabled
    /// from the first suppressed moment that lies within it and extends to its end.
    ///
    /// @param keys the facts of all keys that were ever applied to the environment
    public static SeriesMemory explaining(
            List<TimeRange> suppressed, EnvironmentFacts facts, Map<KeyId, KeyFacts> keys) {
        List<Ended> ended = new ArrayList<>();
        for (TimeRange series : History.of(facts, keys).endedSeries(facts, keys)) {
            Optional<Instant> since = suppressed.stream()
                    .map(time -> time.within(series))
                    .filter(published ->
                            !published.isEmpty() && published.until().equals(series.until()))
                    .map(TimeRange::from)
                    .findFirst();
            ended.add(new Ended(new Known(series.from(), since, true), series.until()));
        }
        return new SeriesMemory(Optional.empty(), ended);
    }

    /// The memory after a decision.
    ///
    /// @param all the series that have ended by the facts
    /// @param now the present series
    /// @param purgedAt series that had ended by then are void
    SeriesMemory after(List<TimeRange> all, Optional<Known> now, Optional<Instant> purgedAt) {
        if (all.isEmpty() && ended.isEmpty()) { // the usual case
            return present.equals(now) ? this : new SeriesMemory(now, ended);
        }
        List<Ended> known = new ArrayList<>(ended);
        purgedAt.ifPresent(purge -> known.removeIf(series -> !series.end().isAfter(purge)));
        for (TimeRange series : all) {
            if (present.isPresent() && present.get().start().equals(series.from())) {
                Ended latest = new Ended(present.get(), series.until());
                known.removeIf(one -> one.is(series) && (one.equals(latest) || !one.staysPublished()));
                known.add(latest);
            }
        }
        known.sort(Comparator.comparing(Ended::end));
        SeriesMemory after = new SeriesMemory(now, known.subList(Math.max(0, known.size() - CAPACITY), known.size()));
        return after.equals(this) ? this : after;
    }

    /// When the data was suppressed in series that have ended: from the moment at which each was enabled, if
    /// known, otherwise from its start. A series that was enabled under a slot and that the facts no longer show
    /// is kept, limited to the times in which the data was under a key.
    ///
    /// @param all the series that have ended by the facts
    List<TimeRange> suppressed(List<TimeRange> all) {
        List<TimeRange> suppressed = new ArrayList<>(0);
        if (all.isEmpty() && ended.isEmpty()) { // the usual case
            return suppressed;
        }
        List<TimeRange> underKey = new ArrayList<>(all);
        for (TimeRange series : all) {
            suppressed.add(ended.reversed().stream() // of a pair that is known twice the later knowledge holds
                    .filter(known -> known.is(series))
                    .findFirst()
                    .map(Ended::suppressed)
                    .orElse(series));
        }
        present.ifPresent(series -> underKey.add(new TimeRange(series.start(), Instant.MAX)));
        ended.stream()
                .filter(known -> known.series().slotHeld())
                .forEach(known -> underKey.forEach(
                        time -> suppressed.add(known.suppressed().within(time))));
        return suppressed;
    }
}
