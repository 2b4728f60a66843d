package io.keyward.domain;

import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// R15: what sinks that profiles have lost and gained must receive.
class SinkPeriodsTest {
    private static final int DAYS = 12;

    @Provide
    Arbitrary<List<TimeRange>> intervals() {
        Arbitrary<Integer> days = Arbitraries.integers().between(0, DAYS);
        return Combinators.combine(days, days)
                .as((from, length) -> new TimeRange(
                        from == 0 ? Instant.MIN : day(from), length == DAYS ? Instant.MAX : day(from + length)))
                .list()
                .ofMaxSize(4)
                .map(TimeRange::joined);
    }

    /// The sinks of a profile from each of some days on.
    @Provide
    Arbitrary<List<Set<String>>> profiles() {
        return Arbitraries.of("A", "B", "C").set().list().ofMinSize(1).ofMaxSize(4);
    }

    /// A moment is part of a signal if a period of the sink had not ended then, and had begun before the end of
    /// the interval.
    @Property
    void aSinkReceivesWhatItsPeriodsCover(
            @ForAll("profiles") List<Set<String>> profiles, @ForAll("intervals") List<TimeRange> suppressed) {
        SinkPeriods periods = periods(profiles);
        for (String sink : periods.bySink().keySet()) {
            List<TimeRange> relevant = TimeRange.joined(periods.concerning(sink, suppressed));
            for (Instant moment : moments()) {
                List<TimeRange> reaching = new ArrayList<>();
                for (TimeRange interval : suppressed) {
                    boolean reached = holds(interval, moment)
                            && periods.bySink().get(sink).stream()
                                    .anyMatch(period -> moment.isBefore(period.until())
                                            && period.from().isBefore(interval.until()));
                    if (reached) {
                        reaching.add(interval);
                    }
                }
                assertThat(relevant.stream().anyMatch(interval -> holds(interval, moment)))
                        .as("%s of %s on %s", sink, periods, moment)
                        .isEqualTo(!reaching.isEmpty());
            }
        }
    }

    /// Only the sinks of the last profile receive present suppressions.
    @Property
    void theLastProfileDecidesWhatGoesOn(@ForAll("profiles") List<Set<String>> profiles) {
        SinkPeriods periods = periods(profiles);
        List<TimeRange> open = List.of(new TimeRange(day(1), Instant.MAX));
        for (String sink : periods.bySink().keySet()) {
            assertThat(periods.concerning(sink, open).stream().anyMatch(TimeRange::open))
                    .isEqualTo(profiles.getLast().contains(sink));
        }
        assertThat(periods.bySink().keySet()).containsAll(profiles.getLast());
    }

    /// Rows of partitions that are combined: a sink must receive what either of them would publish to it.
    @Property
    void joinedPeriodsCoverWhatEitherCovers(
            @ForAll("profiles") List<Set<String>> some, @ForAll("profiles") List<Set<String>> others) {
        SinkPeriods one = periods(some);
        SinkPeriods other = periods(others);
        SinkPeriods joined = one.joinedWith(other);

        assertThat(other.joinedWith(one)).isEqualTo(joined);
        for (String sink : Set.of("A", "B", "C")) {
            for (Instant moment : moments()) {
                assertThat(reaches(joined, sink, moment))
                        .as("%s of %s on %s", sink, joined, moment)
                        .isEqualTo(reaches(one, sink, moment) || reaches(other, sink, moment));
            }
        }
    }

    private static SinkPeriods periods(List<Set<String>> profiles) {
        SinkPeriods periods = SinkPeriods.always(profiles.getFirst());
        for (int change = 1; change < profiles.size(); change++) {
            periods = periods.followedBy(profiles.get(change), day(3 * change));
        }
        return periods;
    }

    private static boolean reaches(SinkPeriods periods, String sink, Instant moment) {
        return periods.bySink().getOrDefault(sink, List.of()).stream().anyMatch(period -> holds(period, moment));
    }

    private static boolean holds(TimeRange interval, Instant moment) {
        return !moment.isBefore(interval.from()) && moment.isBefore(interval.until());
    }

    private static List<Instant> moments() {
        List<Instant> moments = new ArrayList<>(List.of(Instant.MIN));
        for (int day = 0; day <= 2 * DAYS; day++) {
            moments.add(day(day));
        }
        return moments;
    }
}
