package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// What rows expect besides a verdict. The README of the rows lists it.
final class RowOutputs {
    /// How an expectation is checked, by its first word.
    static final Map<String, BiConsumer<RuleTable.Given, RowWords>> WORDS = Map.of(
            RowWords.NOTHING,
            (given, _) -> nothing(given),
            "slots",
            RowOutputs::slots,
            "signals",
            RowOutputs::signals,
            "disabling",
            RowQuestions::disabling,
            "deleting",
            RowQuestions::deleting,
            "in",
            RowQuestions::inUse);

    private RowOutputs() {}

    /// No record of the environment exists.
    private static void nothing(RuleTable.Given given) {
        assertThat(given.model().verdict(Facts.E1)).isEmpty();
        assertThat(given.reversed().model().verdict(Facts.E1)).isEmpty();
    }

    /// Exactly these environments hold a slot.
    private static void slots(RuleTable.Given given, RowWords words) {
        String first = words.next("an environment, or `nothing`,");
        List<String> holders = new ArrayList<>(words.upTo(Set.of()));
        if (!first.equals(RowWords.NOTHING)) {
            holders.add(first);
        }
        assertThat(given.model().tenant(Facts.CONTOSO).slots().holders().stream()
                        .map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(holders);
    }

    /// The signals for one sink, in order.
    private static void signals(RuleTable.Given given, RowWords words) {
        List<String> signals = given.publications().stream()
                .filter(publication -> publication.key().endsWith("/TENANT_REPORTING"))
                .map(RowOutputs::inWords)
                .toList();
        String expected = String.join(" ", words.upTo(Set.of())).replace(" ,", ",");
        assertThat(signals.isEmpty() ? RowWords.NOTHING : String.join(", ", signals))
                .isEqualTo(expected);
    }

    private static String inWords(Publication publication) {
        return switch (publication) {
            case Publication.OfSignal s ->
                s.signal().action().name().toLowerCase(Locale.ROOT) + " from "
                        + day(s.signal().effectiveFrom())
                        + s.signal().gaps().stream().map(RowOutputs::inWords).collect(Collectors.joining()) + " by "
                        + s.reason() + " in revision " + s.revision();
            case Publication.Retraction _ -> "tombstone";
            case Publication.OfDecision _, Publication.OfWarning _ -> "no signal";
        };
    }

    private static String inWords(TimeRange gap) {
        return gap.from().equals(Instant.MIN)
                ? " gap to " + day(gap.until())
                : " gap " + day(gap.from()) + " to " + day(gap.until());
    }

    private static Object day(Instant time) {
        Duration since = Duration.between(Facts.day(0), time);
        return Duration.ofDays(since.toDays()).equals(since) ? since.toDays() : time;
    }
}
