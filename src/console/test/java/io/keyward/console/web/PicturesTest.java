package io.keyward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.KeyAnswer.User.Use;
import io.keyward.console.answer.KeyEnforcement;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the pictures show.
class PicturesTest {
    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");

    private static Instant days(int days) {
        return NOW.plus(Duration.ofDays(days));
    }

    private static KeyAnswer key(List<KeyAnswer.Version> versions, List<KeyAnswer.User> users) {
        return new KeyAnswer(
                "contoso",
                new KeyId("https://kv.example", "main"),
                versions,
                List.of(new KeyAnswer.Revocation(
                        Optional.of("v1"), RevocationCause.KEY_DISABLED, days(-5), Optional.empty(), Optional.empty())),
                List.of(),
                users,
                Optional.empty(),
                new KeyAnswer.Totals(
                        users.size(),
                        users.stream().collect(Collectors.groupingBy(KeyAnswer.User::use, Collectors.counting())),
                        Map.of(EncryptionState.LOCKED, (long) users.size()),
                        users.stream()
                                .collect(Collectors.groupingBy(
                                        KeyAnswer.User::use,
                                        Collectors.groupingBy(_ -> EncryptionState.LOCKED, Collectors.counting()))),
                        Map.of(),
                        Map.of()),
                new KeyEnforcement(Evidence.IGNORE, List.of(), 0, 0),
                List.of(),
                0,
                Optional.empty(),
                new Staleness(NOW, NOW, new TreeMap<>(), 0, true, List.of()));
    }

    private static KeyAnswer.User user(int number, Use use) {
        return new KeyAnswer.User(
                "e" + number,
                use,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void versionsLieOnOneLineFromTheFirstToTheLastDate() {
        var newest = new KeyAnswer.Version(
                "v2",
                KeyAnswer.Version.State.CURRENT,
                Optional.of(days(-8)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        var former = new KeyAnswer.Version(
                "v1",
                KeyAnswer.Version.State.SUPERSEDED,
                Optional.of(days(-76)),
                Optional.of(days(-8)),
                Optional.of(days(20)),
                Optional.empty(),
                List.of(RevocationCause.KEY_DISABLED));
        VersionPicture picture = VersionPicture.of(key(List.of(newest, former), List.of()), NOW);
        // From two days before the first date to two days after the last: 100 days, ten units each.
        assertThat(picture.now()).isEqualTo(780);
        assertThat(picture.lanes())
                .containsExactly(
                        new VersionPicture.Lane("v2", List.of(new VersionPicture.Box("fill-good", 700, 5, 80, 12))),
                        new VersionPicture.Lane(
                                "v1",
                                List.of(
                                        new VersionPicture.Box("fill-good", 20, 5, 680, 12),
                                        new VersionPicture.Box("fill-info", 700, 9, 280, 4),
                                        new VersionPicture.Box("fill-critical", 730, 19, 50, 4))));
        assertThat(picture.from()).isEqualTo("2026-05-15");
        assertThat(picture.to()).isEqualTo("2026-08-23");
        assertThat(picture.months()).hasSize(3);
        assertThat(picture.sentence()).contains("2 known versions", "although replaced: 1", "Not usable now: 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 25, 90, 91, 380, 1_000})
    @SuppressWarnings("EnumOrdinal") // one after the other
    void everyUserIsWithinThePictureAndNoTwoSignsLieOnEachOther(int users) {
        BlastPicture picture = BlastPicture.of(key(
                List.of(),
                IntStream.range(0, users)
                        .mapToObj(number -> user(number, Use.values()[number % 3]))
                        .toList()));
        assertThat(picture.dots().stream().map(BlastPicture.Dot::transform)).doesNotHaveDuplicates();
        assertThat(picture.dots()).hasSizeBetween(Math.min(users, 190), Math.min(users, 260));
        assertThat(picture.rings()).isSorted();
        assertThat(picture.size()).isLessThanOrEqualTo(420);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 25, 0, fill-good, 0 of 25 places are used; 25 are free.",
        "19, 25, 760, fill-good, 19 of 25 places are used; 6 are free.",
        "20, 25, 800, fill-warning, 20 of 25 places are used; 5 are free.",
        "24, 25, 960, fill-warning, 24 of 25 places are used; 1 is free.",
        "25, 25, 1000, fill-error, 25 of 25 places are used; none is free.",
        "25, 10, 1000, fill-error, '25 of 10 places are used; none is free, because the limit was lowered.'",
        "0, 0, 0, fill-error, 0 of 0 places are used; none is free."
    })
    void barOfALimitSaysHowMuchIsFree(int held, int limit, int width, String css, String sentence) {
        LimitBar bar = new LimitBar(held, limit);
        assertThat(bar.width()).isEqualTo(width);
        assertThat(bar.css()).isEqualTo(css);
        assertThat(bar.sentence()).isEqualTo(sentence);
    }

    @Test
    void stateOfAFewAmongManyIsVisible() {
        StackedBar bar =
                StackedBar.of(Map.of(EncryptionState.LOCKED, 1L, EncryptionState.MICROSOFT_MANAGED, 1_600_000L));
        assertThat(bar.parts())
                .containsExactly(
                        new StackedBar.Part("fill-critical", 0, 12), new StackedBar.Part("fill-quiet", 12, 988));
    }

    @ParameterizedTest
    @CsvSource({
        "100, '0+1000'",
        "'1,1', '0+500 500+500'",
        "'1,2', '0+333 333+667'",
        "'1,1,1', '0+334 334+333 667+333'",
        "'1000000,1,1', '0+976 976+12 988+12'",
        "'0,5,0', '0+1000'",
        "'9223372036854775807,9223372036854775807', '0+500 500+500'"
    })
    void sharesFillTheBarAndEachIsVisible(String counts, String parts) {
        StackedBar bar = new StackedBar(Arrays.stream(counts.split(","))
                .map(count -> new StackedBar.Share(Tone.GOOD, "", Long.parseLong(count)))
                .toList());
        assertThat(bar.parts().stream()
                        .map(part -> part.x() + "+" + part.width())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 0 percent",
        "1, 1000, 1 percent",
        "1, 3, 33 percent",
        "999, 1000, 99 percent",
        "7, 7, 100 percent"
    })
    void percentageIs100OnlyForAllAnd0OnlyForNothing(long part, long all, String words) {
        assertThat(StackedBar.percent(part, all)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, now",
        "PT30S, now",
        "PT1M, in 1 minute",
        "PT119M, in 119 minutes",
        "PT2H, in 2 hours",
        "PT47H59M, in 47 hours",
        "P2D, in 2 days",
        "-PT1M, 1 minute ago",
        "-P400D, 400 days ago"
    })
    void distanceIsInWholeUnits(Duration away, String words) {
        assertThat(new Moment(NOW.plus(away), NOW).distance()).isEqualTo(words);
    }
}
