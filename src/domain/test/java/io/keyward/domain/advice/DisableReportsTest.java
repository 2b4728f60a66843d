package io.keyward.domain.advice;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.advice.DisableBlocker.Code.IN_USE;
import static io.keyward.domain.advice.DisableBlocker.Code.UNPROVEN;
import static io.keyward.domain.advice.DisableCheckTest.alone;
import static io.keyward.domain.advice.DisableCheckTest.ask;
import static io.keyward.domain.advice.DisableCheckTest.safe;
import static io.keyward.domain.advice.DisableCheckTest.under;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Profiles;
import io.keyward.domain.Report;
import io.keyward.domain.RuleTable;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// R27: the reasons that reports give against disabling a key, each in a row of its own.
class DisableReportsTest {
    private static final String K1 = "https://contoso.vault.azure.net/keys/k1";

    /// The components that can be under a customer key.
    private static final Set<Component> SIX =
            EnumSet.complementOf(EnumSet.of(NON_OAUTH_CONNECTIONS, Component.HOSTED_MACHINES));

    /// The environment left the key `k1` for `k2` on day 3.
    private static RuleTable.Given left(Event... events) {
        return under(production(), plus(List.of(applied(day(3), "p2", "k2")), events));
    }

    /// The key has had version `v2` in place of `v1` since day 3.
    private static RuleTable.Given superseded(Event... events) {
        return under(production(), plus(List.of(rotated(day(3), "k1", "v1", "v2")), events));
    }

    private static Event[] plus(List<Event> first, Event... events) {
        List<Event> all = new ArrayList<>(first);
        all.addAll(List.of(events));
        return all.toArray(Event[]::new);
    }

    /// Clean reports of all components that can be under a customer key but these.
    private static Event[] shown(Instant at, String keyName, String version, Component... without) {
        return SIX.stream()
                .filter(component -> !List.of(without).contains(component))
                .map(component -> reported(at, Report.of(component).under(keyName, version, 2)))
                .toArray(Event[]::new);
    }

    /// The environment left `k1`; all components show it except Dataverse, which these reports are about.
    private static RuleTable.Given shownBut(Event... dataverse) {
        return left(plus(List.of(shown(day(5), "k2", "w1", DATAVERSE)), dataverse))
                .by(Profiles.REPORT);
    }

    private static Report dataverse() {
        return Report.of(DATAVERSE);
    }

    @TestFactory
    Stream<DynamicTest> reportedInUse() {
        Event onK1 = reported(day(4), dataverse().under("k1", "v1", 3));
        List<Event> onlyK2 = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k2"));
        return Stream.of(
                alone(
                        "R27 a latest report counts items under the key that was left",
                        left(onK1),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "The latest report on the component Dataverse of environment e1 of tenant contoso, of"
                                + " 2026-01-05 00:00 UTC, counts items under " + K1 + "/v1."),
                alone("R27 and under the version of it", left(onK1), pinned("k1", "v1"), 50, IN_USE, K1 + "/v1."),
                safe("R27 not under another version of it", left(onK1), pinned("k1", "v2"), 50),
                alone(
                        "R27 a report of one of several parts, on a component that is never under a customer key",
                        left(reported(
                                day(4),
                                Report.of(NON_OAUTH_CONNECTIONS)
                                        .part("a")
                                        .incomplete()
                                        .microsoftManaged(1)
                                        .under("k1", "v1", 1))),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "The latest report on the part a of the component Connections without OAuth of environment"),
                alone(
                        "R27 of many versions three are named",
                        left(reported(
                                day(4),
                                dataverse()
                                        .under("k1", "v1", 1)
                                        .under("k1", "v2", 1)
                                        .under("k1", "v3", 1)
                                        .under("k1", "v4", 1)
                                        .under("k2", "w1", 1))),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "under %1$s/v1, %1$s/v2, %1$s/v3 and 1 more.".formatted(K1)),
                safe(
                        "R27 an earlier report does not count",
                        left(onK1, reported(day(5), dataverse().incomplete())),
                        unpinned("k1"),
                        50),
                alone(
                        "R27 a part that is known no more counts",
                        left(
                                reported(day(4), dataverse().part("a").under("k1", "v1", 1)),
                                reported(day(5), dataverse().part("b"))),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "on the part a of"),
                alone(
                        "R27 an environment of which no application names the key",
                        given(onlyK2, List.of(onK1)),
                        pinned("k1", "v1"),
                        50,
                        IN_USE,
                        K1 + "/v1."),
                safe(
                        "R27 such an environment uses the key, though not each version of it",
                        given(onlyK2, List.of(onK1)).by(Profiles.REPORT),
                        pinned("k1", "v2"),
                        50),
                alone(
                        "R27 nothing is known of the environment but its reports",
                        given(onK1),
                        pinned("k1", "v2"),
                        50,
                        UNPROVEN,
                        "Items of environment e1 of tenant contoso are reported under the key " + K1
                                + ", but neither its policies nor what else it holds is known."));
    }

    @Test
    void whatIsReportedOfAnEnvironmentOfWhichNothingElseIsKnownIsInUse() {
        RuleTable.Given given = given(reported(day(60), dataverse().under("k1", "v1", 3)));

        DisableVerdict answer = ask(given, pinned("k1", "v1"), day(50));

        assertThat(answer.blockers()).extracting(DisableBlocker::code).containsExactly(IN_USE, UNPROVEN);
        assertThat(answer.at()).isEqualTo(day(50));
        assertThat(answer.users()).isOne();
    }

    @Test
    void anEnvironmentIsNoUserOfAKeyThatNeitherPoliciesNorReportsName() {
        RuleTable.Given given = given(
                snapshot(day(1), production()),
                reported(day(2), dataverse().under("k1", "v1", 3)),
                reset(day(3)),
                reported(day(4), dataverse().under("k2", "v1", 3)));

        assertThat(ask(given, unpinned("k1"), day(50)).users()).isZero();
        assertThat(ask(given, unpinned("k2"), day(50)).users()).isOne();
    }

    @TestFactory
    Stream<DynamicTest> morePartsThanAreRemembered() {
        return Stream.of(
                safe("R27 as many parts as are remembered", left(parts(64)), unpinned("k1"), 50),
                alone(
                        "R27 one part more, whatever the profile does with reports",
                        left(parts(65)),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        "More than 64 parts of the component Cloud flows of environment e1 of tenant contoso have"
                                + " reported"));
    }

    private static Event[] parts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> reported(day(4), Report.of(CLOUD_FLOWS).part("part" + i)))
                .toArray(Event[]::new);
    }

    @TestFactory
    Stream<DynamicTest> everyComponentHasToShowIt() {
        assertThat(SIX).hasSize(6);
        assertThat(ComponentReports.CAPACITY).isEqualTo(64);
        return SIX.stream()
                .map(component -> alone(
                        "R27 nothing is reported of " + component,
                        left(shown(day(5), "k2", "w1", component)).by(Profiles.REPORT),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        "Whether the component " + component.title()
                                + " of environment e1 of tenant contoso has held items"
                                + " under " + K1 + " since 2026-01-04 00:00 UTC is not known: no report names a part of"
                                + " it."));
    }

    @TestFactory
    Stream<DynamicTest> whatShowsThatAKeyWasLeft() {
        Event clean = reported(day(5), dataverse().under("k2", "w1", 3));
        String notShown = "Whether the component Dataverse of environment e1 of tenant contoso has held items under "
                + K1 + " since 2026-01-04 00:00 UTC is not known: no later report shows all of it under another key.";
        return Stream.of(
                safe("R27 clean under another key", shownBut(clean), unpinned("k1"), 50),
                safe("R27 also if more is asked for", shownBut(clean).by(Profiles.REQUIRE), unpinned("k1"), 50),
                alone(
                        "R27 nothing shows it, where more is asked for",
                        shownBut().by(Profiles.REQUIRE),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        "no report names a part of it"),
                safe("R27 nothing shows it, where reports are not used", left(), unpinned("k1"), 50),
                safe(
                        "R27 clean under the Microsoft-managed key",
                        shownBut(reported(day(5), dataverse().microsoftManaged(3))),
                        unpinned("k1"),
                        50),
                safe("R27 clean without items", shownBut(reported(day(5), dataverse())), unpinned("k1"), 50),
                alone(
                        "R27 clean at the moment at which the key was left",
                        shownBut(reported(day(3), dataverse().under("k2", "w1", 3))),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        notShown),
                safe(
                        "R27 clean just after it",
                        shownBut(reported(justAfter(day(3)), dataverse().under("k2", "w1", 3))),
                        unpinned("k1"),
                        50),
                notShown("incomplete", Report::incomplete),
                notShown("running", report -> report.phase(EnforcementReport.Phase.RUNNING)),
                notShown("of no known phase", report -> report.phase(EnforcementReport.Phase.UNKNOWN)),
                notShown("with a failed item", report -> report.failed(1, "i1")),
                notShown("under two keys", report -> report.microsoftManaged(1)),
                safe(
                        "R27 what is not clean any more was",
                        shownBut(
                                clean, reported(day(6), dataverse().incomplete().under("k3", "x1", 1))),
                        unpinned("k1"),
                        50),
                alone(
                        "R27 what was clean was so under the key itself",
                        shownBut(
                                reported(day(5), dataverse().under("k1", "v1", 3)),
                                reported(day(6), dataverse().incomplete().under("k2", "w1", 1))),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        notShown),
                alone(
                        "R27 a part that is known and never reported",
                        shownBut(reported(day(5), dataverse().part("a").parts("a", "b"))),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        "Whether the part b of the component Dataverse"),
                alone(
                        "R27 a part that reported and is known no more",
                        shownBut(
                                reported(day(2), dataverse().part("a")),
                                reported(day(5), dataverse().part("b"))),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        "Whether the part a of the component Dataverse"));
    }

    private static DynamicTest notShown(String how, UnaryOperator<Report> report) {
        return alone(
                "R27 a later report " + how,
                shownBut(reported(day(5), report.apply(dataverse().under("k2", "w1", 3)))),
                unpinned("k1"),
                50,
                UNPROVEN,
                "no later report shows all of it under another key");
    }

    @TestFactory
    Stream<DynamicTest> whatShowsThatAVersionWasLeft() {
        RuleTable.Given cameLater = given(
                        List.of(rotated(day(0), "k1", "v0", "v1")),
                        List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1")))
                .by(Profiles.REPORT);
        RuleTable.Given back = superseded(plus(
                        List.of(applied(day(5), "p2", "k2"), applied(day(7), "p1", "k1")), shown(day(6), "k1", "v2")))
                .by(Profiles.REPORT);
        return Stream.of(
                safe(
                        "R27 clean under the version that replaced it",
                        superseded(shown(justAfter(day(3)), "k1", "v2")).by(Profiles.REPORT),
                        pinned("k1", "v1"),
                        50),
                unproven(
                        "R27 clean at the moment at which it was replaced",
                        superseded(shown(day(3), "k1", "v2")).by(Profiles.REPORT),
                        pinned("k1", "v1"),
                        "since 2026-01-04 00:00 UTC is not known: no later report shows all of it under another"
                                + " version."),
                safe(
                        "R27 clean since it was replaced, though not since the key was left",
                        superseded(plus(List.of(applied(day(5), "p2", "k2")), shown(day(4), "k1", "v2")))
                                .by(Profiles.REPORT),
                        pinned("k1", "v1"),
                        50),
                unproven(
                        "R27 not clean since the key was left, of which no rotation is known",
                        left(shown(day(3), "k2", "w1")).by(Profiles.REPORT),
                        pinned("k1", "v1"),
                        "since 2026-01-04 00:00 UTC"),
                unproven(
                        "R27 the environment never was under the version, and has shown nothing since it came to the key",
                        plus(cameLater, shown(day(2), "k1", "v1")),
                        pinned("k1", "v0"),
                        "since 2026-01-03 00:00 UTC"),
                safe(
                        "R27 the environment never was under the version",
                        plus(cameLater, shown(justAfter(day(2)), "k1", "v1")),
                        pinned("k1", "v0"),
                        50),
                unproven(
                        "R27 the environment came to the key once more",
                        back,
                        pinned("k1", "v1"),
                        "since 2026-01-08 00:00 UTC"),
                safe(
                        "R27 and has shown since that it is under another version",
                        plus(back, shown(day(8), "k1", "v2")),
                        pinned("k1", "v1"),
                        50),
                alone(
                        "R27 before a first rotation that names the previous version, another one was not in use",
                        superseded(shown(justAfter(day(2)), "k1", "v1")).by(Profiles.REPORT),
                        pinned("k1", "v9"),
                        50,
                        UNPROVEN,
                        "not known that another version has replaced"),
                alone(
                        "R27 of the version in force nothing has to be shown",
                        superseded().by(Profiles.REPORT),
                        pinned("k1", "v2"),
                        50,
                        IN_USE,
                        "is encrypted with"),
                alone(
                        "R27 of the key in force nothing has to be shown",
                        superseded().by(Profiles.REPORT),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "is encrypted with"),
                alone(
                        "R27 of a version that may be in force nothing has to be shown",
                        under(production()).by(Profiles.REPORT),
                        pinned("k1", "v1"),
                        50,
                        UNPROVEN,
                        "not known that another version has replaced"),
                safe(
                        "R27 of a key that the data never came to nothing has to be shown",
                        under(
                                        production(),
                                        revoked(day(4), "k1"),
                                        applied(day(5), "p2", "k2"),
                                        applied(day(6), "p3", "k3"))
                                .by(Profiles.REPORT),
                        unpinned("k2"),
                        50));
    }

    private static RuleTable.Given plus(RuleTable.Given given, Event... events) {
        return new RuleTable.Given(given.profile(), List.of(plus(given.events(), events)));
    }

    /// Each of the six components has not shown it.
    private static DynamicTest unproven(String row, RuleTable.Given given, KeyReference target, String part) {
        return DynamicTest.dynamicTest(row, () -> {
            DisableVerdict answer = ask(given, target, day(50));
            assertThat(answer.blockers()).hasSize(6).allSatisfy(blocker -> {
                assertThat(blocker.code()).isEqualTo(UNPROVEN);
                assertThat(blocker.sentence()).contains(part);
            });
        });
    }

    /// Not known to be disabled where the environment's own keys say nothing of it.
    @TestFactory
    Stream<DynamicTest> deletingWhatOnlyReportsName() {
        List<Event> reportedOnly = List.of(
                snapshot(day(1), production()),
                applied(day(2), "p1", "k2"),
                reported(day(4), dataverse().under("k1", "v1", 3)));
        return Stream.of(
                deletion("R27 never disabled", given(reportedOnly), false, Optional.empty()),
                deletion(
                        "R27 disabled for less than 7 days",
                        given(reportedOnly, List.of(revoked(day(44), "k1", "v2"))),
                        false,
                        Optional.of(day(51))),
                deletion(
                        "R27 disabled for 7 days",
                        given(reportedOnly, List.of(revoked(day(43), "k1", "v2"))),
                        true,
                        Optional.empty()));
    }

    private static DynamicTest deletion(String row, RuleTable.Given given, boolean safe, Optional<Instant> from) {
        return DynamicTest.dynamicTest(row, () -> {
            DisableVerdict.Deletion deletion =
                    ask(given, pinned("k1", "v2"), day(50)).deletion();
            assertThat(deletion.safe()).isEqualTo(safe);
            assertThat(deletion.safeFrom()).isEqualTo(from);
        });
    }
}
