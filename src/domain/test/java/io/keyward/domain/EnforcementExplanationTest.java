package io.keyward.domain;

import static io.keyward.domain.EnforcementRulesTest.dataverse;
import static io.keyward.domain.EnforcementRulesTest.holding;
import static io.keyward.domain.EnforcementRulesTest.reporting;
import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.EnforcementReport.Phase;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Explanations of R28 to R32: what is desired since when, which report shows what, and what is missing.
class EnforcementExplanationTest {
    private static final String V1 = "the key https://contoso.vault.azure.net/keys/k1/v1";
    private static final String CAME = ". This has been desired since " + date(2) + ", when ";

    private static String date(int day) {
        return OpenWarning.date(day(day));
    }

    private static Explanation explanation(RuleTable.Given given, Rule rule) {
        return given.model().tenant(Facts.CONTOSO).assessment(Facts.E1).orElseThrow().explanation().stream()
                .filter(explanation -> explanation.rule() == rule)
                .findFirst()
                .orElseThrow();
    }

    private static DynamicTest why(String row, Rule rule, RuleTable.Given given, String... sentences) {
        return DynamicTest.dynamicTest(
                row, () -> assertThat(explanation(given, rule).sentence()).contains(sentences));
    }

    private static DynamicTest by(String row, Rule rule, RuleTable.Given given, Event... causes) {
        Stamp[] stamps = Arrays.stream(causes).map(Event::stamp).toArray(Stamp[]::new);
        return DynamicTest.dynamicTest(
                row, () -> assertThat(explanation(given, rule).causes()).containsExactly(stamps));
    }

    @TestFactory
    Stream<DynamicTest> whatIsReportedAndWhatIsMissing() {
        Event a = reported(
                day(3),
                dataverse().part("a").parts("a", "b").under("k1", "v1", 3).microsoftManaged(2));
        Event b = reported(day(4), dataverse().part("b").parts("a", "c").under("k1", "v1", 1));
        return Stream.of(
                why(
                        "R28 how many parts, when, and the sum of their items",
                        Rule.R28,
                        reporting(a, b),
                        "Dataverse: 2 of 3 known parts have reported, the last one on " + date(4)
                                + ". Items: 2 under the Microsoft-managed key, 4 under " + V1 + "."),
                why(
                        "R28 no items",
                        Rule.R28,
                        reporting(reported(day(3), dataverse())),
                        "Dataverse: 1 of 1 known parts have reported, the last one on " + date(3) + ". Items: none."),
                why(
                        "R29 nothing is reported, of components together of which the same is said",
                        Rule.R29,
                        reporting(),
                        "Dataverse, Cloud flows, Desktop flows, Flow run history, Connections with OAuth, Hosted machine"
                                + " groups: all items should be under " + V1 + CAME
                                + "that version came into force. No part has reported. The deadline is " + date(6)
                                + ".",
                        "Connections without OAuth, Hosted machines: all items should be under the Microsoft-managed key"
                                + CAME + "the data came under the customer-managed key. No part has reported."),
                why(
                        "R29 which parts do not show it",
                        Rule.R29,
                        reporting(a, b),
                        "Dataverse: all items should be under " + V1 + CAME
                                + "that version came into force. Reports do not show it for the part a (in progress, last"
                                + " reported on " + date(3) + "), the part c (no later report). The deadline is "
                                + date(6) + "."),
                why(
                        "R29 an only part",
                        Rule.R29,
                        reporting(reported(day(3), dataverse().failed(1))),
                        "Reports do not show it for its only part (failed, last reported on " + date(3) + ")."),
                why(
                        "R29 drifted",
                        Rule.R29,
                        reporting(
                                reported(day(3), dataverse()),
                                reported(day(4), dataverse().incomplete().microsoftManaged(1))),
                        "its only part (drifted, last reported on " + date(4) + ")."),
                why(
                        "R29 everything is shown",
                        Rule.R29,
                        reporting(reported(day(3), dataverse().under("k1", "v1", 3))),
                        "Dataverse: all items should be under " + V1 + CAME
                                + "that version came into force. All parts have shown it, the last one on " + date(3)
                                + "."),
                why(
                        "R29 more parts than are remembered",
                        Rule.R29,
                        reporting(many()),
                        " More than 64 parts have reported. Reports of so many parts cannot show it."));
    }

    private static Event[] many() {
        List<Event> events = new ArrayList<>();
        IntStream.range(0, 65)
                .forEach(i -> events.add(reported(day(3), dataverse().part("part-%02d".formatted(i)))));
        events.add(reported(day(4), dataverse().part("part-00")));
        return events.toArray(Event[]::new);
    }

    @TestFactory
    Stream<DynamicTest> sinceWhen() {
        Inventory done = production().migrationDone(day(5));
        return Stream.of(
                why(
                        "R29 the end of a lock",
                        Rule.R29,
                        reporting(revoked(day(5), "k1"), restored(day(7), "k1")),
                        "since " + date(7) + ", when the last lock ended."),
                why(
                        "R29 enabled after a wait",
                        Rule.R29,
                        given(
                                        snapshot(day(1), production().unmanaged()),
                                        applied(day(2), "p1", "k1"),
                                        snapshot(day(12), production()))
                                .by(Profiles.REPORT),
                        ": all items should be under the key https://contoso.vault.azure.net/keys/k1. This has"
                                + " been desired since " + date(12) + ", when the environment was enabled.",
                        ": all items should be under the key https://contoso.vault.azure.net/keys/k1" + CAME
                                + "the data came under the customer-managed key."),
                why(
                        "R29 the end of the run history of before a migration",
                        Rule.R29,
                        holding(production(), snapshot(day(6), done), reached(day(35)))
                                .by(Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT)),
                        FLOW_RUN_HISTORY.title() + ": all items should be under " + V1
                                + ". This has been desired since " + date(35)
                                + ", when 30 days had passed since the migration of flows ended."),
                why(
                        "R29 a removal",
                        Rule.R29,
                        reporting(removed(day(6), "p1")),
                        ": all items should be under the Microsoft-managed key. This has been desired since " + date(6)
                                + ", when the data left the customer-managed key."));
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrong() {
        Event clean = reported(day(3), dataverse().under("k1", "v1", 3));
        Event drifted = reported(day(4), dataverse().under("k1", "v1", 1).microsoftManaged(2));
        Event failed = reported(day(5), Report.of(CLOUD_FLOWS).part("a").failed(2));
        Event working =
                reported(day(4), Report.of(CLOUD_FLOWS).part("b").parts("a").incomplete());
        Event unexpected = reported(day(7), Report.of(CLOUD_FLOWS).under("k9", "v1", 1));
        return Stream.of(
                why(
                        "R30 late",
                        Rule.R30,
                        reporting(clean, reached(day(6))),
                        ": late. Reports should have shown by " + date(6) + " that all items are under " + V1 + "."),
                why(
                        "R30 failed",
                        Rule.R30,
                        reporting(failed),
                        "Cloud flows: the report of " + date(5) + " says that 2 items failed."),
                why(
                        "R30 one item failed",
                        Rule.R30,
                        reporting(reported(day(3), dataverse().failed(1))),
                        "says that 1 item failed."),
                why(
                        "R30 the change failed as a whole",
                        Rule.R30,
                        reporting(reported(day(3), dataverse().phase(Phase.FAILED))),
                        "says that the change failed."),
                why(
                        "R30 the change failed, and items with it",
                        Rule.R30,
                        reporting(
                                reported(day(3), dataverse().phase(Phase.FAILED).failed(7))),
                        "says that the change failed, with 7 items."),
                by("R30 by the reports that failed", Rule.R30, reporting(clean, working, failed), failed),
                by(
                        "R30 and by all that do not show what is late",
                        Rule.R30,
                        reporting(
                                clean,
                                working,
                                reported(
                                        day(5),
                                        Report.of(CLOUD_FLOWS)
                                                .part("a")
                                                .parts("b")
                                                .failed(2)),
                                reached(day(6))),
                        working,
                        failed),
                why(
                        "R31 drifted",
                        Rule.R31,
                        reporting(clean, drifted),
                        "Dataverse: its only part has left " + V1 + ". The report of " + date(3)
                                + " showed all its items under that key. The report of " + date(4)
                                + " counts 2 under the Microsoft-managed key."),
                by("R31 by both reports", Rule.R31, reporting(clean, drifted, failed), clean, drifted),
                why(
                        "R31 unexpected",
                        Rule.R31,
                        reporting(unexpected),
                        "Cloud flows: the latest reports count items under keys that no known policy explains:"
                                + " https://contoso.vault.azure.net/keys/k9/v1."),
                by("R31 by that report", Rule.R31, reporting(clean, unexpected), unexpected),
                why(
                        "R32 nothing is shown",
                        Rule.R32,
                        reporting().by(Profiles.REQUIRE),
                        ": since " + date(2)
                                + ", no report shows items under the key https://contoso.vault.azure.net/keys/k1."),
                why(
                        "R32 some of it is",
                        Rule.R32,
                        reporting(drifted).by(Profiles.REQUIRE),
                        ": since " + date(2)
                                + ", reports show only some items under the key https://contoso.vault.azure.net/keys/k1."),
                by(
                        "R32 by the reports of what is not claimed",
                        Rule.R32,
                        reporting(drifted, reported(day(3), Report.of(CLOUD_FLOWS)))
                                .by(Profiles.REQUIRE),
                        drifted),
                by(
                        "R28 by the latest reports",
                        Rule.R28,
                        reporting(
                                clean, drifted, reported(day(3), Report.of(CLOUD_FLOWS)), rotated(day(9), "k1", "v2")),
                        reported(day(3), Report.of(CLOUD_FLOWS)),
                        drifted));
    }
}
