package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.removed;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.SeriesMemory.Ended;
import io.keyward.domain.SeriesMemory.Known;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.EnvironmentFacts;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// R15: what is remembered of the series of an environment, and when its data was suppressed in those that have
/// ended.
class SeriesMemoryTest {
    private static final Known ENABLED = new Known(day(2), Optional.of(day(3)), true);
    private static final Known NEVER_ENABLED = new Known(day(2), Optional.empty(), true);
    private static final Known WITHOUT_SLOT = new Known(day(2), Optional.of(day(3)), false);
    private static final Optional<Instant> NOT_PURGED = Optional.empty();

    private static TimeRange series(int start, int end) {
        return new TimeRange(day(start), day(end));
    }

    private static TimeRange time(int from, int until) {
        return new TimeRange(day(from), day(until));
    }

    private static SeriesMemory ended(Ended... series) {
        return new SeriesMemory(Optional.empty(), List.of(series));
    }

    private static SeriesMemory during(Known series) {
        return new SeriesMemory(Optional.of(series), List.of());
    }

    @Test
    void whatIsKnownOfTheSeriesThatGoesOnIsReplaced() {
        assertThat(SeriesMemory.NONE.after(List.of(), Optional.of(ENABLED), NOT_PURGED))
                .isEqualTo(during(ENABLED));
        assertThat(during(ENABLED).after(List.of(), Optional.of(NEVER_ENABLED), NOT_PURGED))
                .isEqualTo(during(NEVER_ENABLED));
        SeriesMemory same = during(ENABLED);
        assertThat(same.after(List.of(), Optional.of(ENABLED), NOT_PURGED)).isSameAs(same);
    }

    @Test
    void aSeriesIsRememberedOnceAsItWasKnownBeforeItEnded() {
        SeriesMemory after = during(ENABLED).after(List.of(series(2, 5)), Optional.empty(), NOT_PURGED);

        assertThat(after).isEqualTo(ended(new Ended(ENABLED, day(5))));
        assertThat(after.after(List.of(series(2, 5)), Optional.empty(), NOT_PURGED))
                .isSameAs(after);
        SeriesMemory stillPresent = new SeriesMemory(
                Optional.of(ENABLED), after.ended()); // a removal came, and one that was later came first
        assertThat(stillPresent.after(List.of(series(2, 5)), Optional.empty(), NOT_PURGED))
                .isEqualTo(after);
    }

    /// A late event can take an end back, and another one bring it again.
    @Test
    void ofAPairThatIsKnownTwiceTheLaterKnowledgeHolds() {
        SeriesMemory enabledLater = new SeriesMemory(Optional.of(ENABLED), List.of(new Ended(NEVER_ENABLED, day(5))))
                .after(List.of(series(2, 5)), Optional.empty(), NOT_PURGED);
        assertThat(enabledLater).isEqualTo(ended(new Ended(ENABLED, day(5))));

        SeriesMemory neverLater = new SeriesMemory(Optional.of(NEVER_ENABLED), enabledLater.ended())
                .after(List.of(series(2, 5)), Optional.empty(), NOT_PURGED);
        assertThat(neverLater).isEqualTo(ended(new Ended(ENABLED, day(5)), new Ended(NEVER_ENABLED, day(5))));
        assertThat(TimeRange.joined(neverLater.suppressed(List.of(series(2, 5)))))
                .as("what was published under a slot stays")
                .containsExactly(time(3, 5));
    }

    @Test
    void aSeriesThatWasNeverThePresentOneIsNotRemembered() {
        assertThat(during(ENABLED).after(List.of(series(1, 5)), Optional.of(ENABLED), NOT_PURGED))
                .isEqualTo(during(ENABLED));
        assertThat(SeriesMemory.NONE.after(List.of(series(1, 5)), Optional.empty(), NOT_PURGED))
                .isSameAs(SeriesMemory.NONE);
    }

    @Test
    void anotherEndIsAnotherSeriesAndTheyStandInOrder() {
        SeriesMemory before = new SeriesMemory(Optional.of(ENABLED), List.of(new Ended(NEVER_ENABLED, day(5))));

        assertThat(before.after(List.of(series(2, 4)), Optional.empty(), NOT_PURGED)
                        .ended())
                .containsExactly(new Ended(ENABLED, day(4)), new Ended(NEVER_ENABLED, day(5)));
    }

    @Test
    void aPurgeForgetsWhatHasEndedByThen() {
        Ended first = new Ended(ENABLED, day(5));
        Ended second = new Ended(new Known(day(6), Optional.empty(), false), day(8));

        assertThat(ended(first, second)
                        .after(List.of(), Optional.empty(), Optional.of(day(5)))
                        .ended())
                .containsExactly(second);
        assertThat(ended(first, second)
                        .after(List.of(), Optional.empty(), Optional.of(day(4)))
                        .ended())
                .containsExactly(first, second);
    }

    @Test
    void theOldestAreEvictedBeyondTheCapacity() {
        List<Ended> most = IntStream.range(0, SeriesMemory.CAPACITY)
                .mapToObj(n -> new Ended(new Known(day(10 + n), Optional.empty(), false), day(11 + n)))
                .toList();
        SeriesMemory full = new SeriesMemory(Optional.of(new Known(day(90), Optional.empty(), false)), most);

        SeriesMemory after = full.after(List.of(series(90, 91)), Optional.empty(), NOT_PURGED);

        assertThat(after.ended()).hasSize(SeriesMemory.CAPACITY).doesNotContain(most.getFirst());
        assertThat(after.ended().getLast().end()).isEqualTo(day(91));
    }

    @Test
    void dataIsSuppressedFromTheMomentAtWhichItsSeriesWasEnabled() {
        List<TimeRange> shown = List.of(series(2, 5));

        assertThat(TimeRange.joined(SeriesMemory.NONE.suppressed(shown)))
                .as("nothing is known of it")
                .containsExactly(time(2, 5));
        assertThat(TimeRange.joined(ended(new Ended(ENABLED, day(5))).suppressed(shown)))
                .containsExactly(time(3, 5));
        assertThat(TimeRange.joined(ended(new Ended(NEVER_ENABLED, day(5))).suppressed(shown)))
                .isEmpty();
        assertThat(TimeRange.joined(ended(new Ended(ENABLED, day(6))).suppressed(List.of(series(2, 5), series(8, 9)))))
                .as("what is known of another series says nothing")
                .containsExactly(time(2, 5), time(8, 9));
    }

    @Test
    void whatTheFactsDoNotShowAnyMoreStaysWhereTheDataWasUnderAKey() {
        Ended shown = new Ended(NEVER_ENABLED, day(4));

        assertThat(TimeRange.joined(ended(shown, new Ended(ENABLED, day(5))).suppressed(List.of(series(2, 4)))))
                .containsExactly(time(3, 4));
        assertThat(TimeRange.joined(
                        ended(shown, new Ended(WITHOUT_SLOT, day(5))).suppressed(List.of(series(2, 4)))))
                .isEmpty();
        Known present = new Known(day(4), Optional.of(day(4)), true);
        assertThat(TimeRange.joined(new SeriesMemory(Optional.of(present), List.of(new Ended(ENABLED, day(5))))
                        .suppressed(List.of())))
                .as("the series that goes on began on day 4")
                .containsExactly(time(4, 5));
        assertThat(TimeRange.joined(ended(new Ended(ENABLED, day(5))).suppressed(List.of())))
                .isEmpty();
    }

    @Test
    void aSignalShowsWhatIsRememberedAfterALoss() {
        EnvironmentFacts facts = EnvironmentFacts.NONE
                .with(applied(day(2), "p1", "k1"))
                .with(removed(day(5), "p1"))
                .with(applied(day(7), "p1", "k1"))
                .with(removed(day(9), "p1"));

        assertThat(SeriesMemory.explaining(List.of(time(3, 5), time(7, 8)), facts, Collections.emptyMap()))
                .isEqualTo(ended(
                        new Ended(ENABLED, day(5)), new Ended(new Known(day(7), Optional.empty(), true), day(9))));
        assertThat(SeriesMemory.explaining(List.of(time(1, 6)), facts, Map.of()).ended())
                .first()
                .isEqualTo(new Ended(new Known(day(2), Optional.of(day(2)), true), day(5)));
    }
}
