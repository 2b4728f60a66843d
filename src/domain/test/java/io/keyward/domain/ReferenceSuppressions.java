package io.keyward.domain;

import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The suppressed moments of one environment (R15), slow and simple: each moment is checked by itself.
final class ReferenceSuppressions {
    private final List<Known> ended = new ArrayList<>();
    private Optional<Known> present = Optional.empty();

    /// What was known of a series.
    private record Known(Instant start, Instant end, Optional<Instant> enabledSince, boolean slotHeld) {
        boolean is(TimeRange series) {
            return start.equals(series.from()) && end.equals(series.until());
        }

        boolean suppresses(Instant moment) {
            return enabledSince.filter(since -> !moment.isBefore(since)).isPresent() && moment.isBefore(end);
        }
    }

    /// After a decision.
    void remember(EnvironmentFacts facts, List<TimeRange> series, Optional<Situation> situation) {
        series.forEach(one -> {
            if (present.filter(known -> known.start().equals(one.from())).isPresent()) {
                Known known = present.get();
                ended.add(new Known(known.start(), one.until(), known.enabledSince(), known.slotHeld()));
            }
        });
        facts.purgedAt().ifPresent(purge -> ended.removeIf(known -> !known.end().isAfter(purge)));
        present = situation.flatMap(now -> now.history()
                .seriesStart()
                .map(start -> new Known(
                        start,
                        Instant.MAX,
                        now.suppressed() ? now.enabledSince() : Optional.empty(),
                        now.knownSeries().orElseThrow().slotHeld())));
    }

    SortedMap<String, Signal> signals(
            EnvironmentFacts facts, List<TimeRange> series, RuleProfile profile, Instant now) {
        TreeSet<Instant> moments = new TreeSet<>();
        moments.add(Instant.MIN);
        facts.purgedAt().ifPresent(moments::add);
        facts.allApplications().facts().stream().map(Fact::at).forEach(moments::add);
        facts.allApplications().oldestEvicted().ifPresent(moments::add);
        series.forEach(one -> moments.addAll(List.of(one.from(), one.until())));
        ended.forEach(known -> known.enabledSince().ifPresent(since -> moments.addAll(List.of(since, known.end()))));
        present.flatMap(Known::enabledSince).ifPresent(moments::add);
        List<TimeRange> suppressed = new ArrayList<>();
        for (Instant from : moments) {
            Instant next = Optional.ofNullable(moments.higher(from)).orElse(Instant.MAX);
            if (isSuppressed(from, facts, series)) {
                suppressed.add(new TimeRange(from, next));
            }
        }
        SortedMap<String, Signal> signals = new TreeMap<>();
        profile.sinks().forEach(sink -> signals.put(sink, Signal.of(suppressed, now)));
        return signals;
    }

    private boolean isSuppressed(Instant moment, EnvironmentFacts facts, List<TimeRange> series) {
        boolean purged = facts.purgedAt().filter(moment::isBefore).isPresent();
        boolean evicted = facts.allApplications()
                        .oldestEvicted()
                        .filter(oldest -> facts.purgedAt().isPresent() || !moment.isBefore(oldest))
                        .isPresent()
                && moment.isBefore(facts.allApplications().facts().getFirst().at());
        boolean underKey =
                present.filter(known -> !moment.isBefore(known.start())).isPresent();
        boolean inSeries = false;
        for (TimeRange one : series) {
            if (!moment.isBefore(one.from()) && moment.isBefore(one.until())) {
                underKey = true;
                Optional<Known> exactly =
                        ended.stream().filter(known -> known.is(one)).reduce((_, later) -> later);
                inSeries |= exactly.isEmpty() || exactly.get().suppresses(moment);
            }
        }
        boolean published = underKey && ended.stream().anyMatch(known -> known.slotHeld() && known.suppresses(moment));
        boolean now = present.filter(known -> known.suppresses(moment)).isPresent();
        return purged || evicted || inSeries || published || now;
    }
}
