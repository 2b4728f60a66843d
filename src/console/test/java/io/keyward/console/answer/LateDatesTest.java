package io.keyward.console.answer;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.rotatedUntil;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.replica.Deadline;
import io.keyward.console.replica.DeadlineQuery;
import io.keyward.console.replica.FilledReplica;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.Facts;
import io.keyward.domain.Profiles;
import io.keyward.domain.Report;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.topology.Bounds;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.read.OutputReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// When components become late (R30): of one environment, and in lists over several.
class LateDatesTest {
    private static final String FLOWS =
            "CLOUD_FLOWS, DESKTOP_FLOWS, FLOW_RUN_HISTORY, OAUTH_CONNECTIONS, HOSTED_MACHINE_GROUPS";
    private static final String LATE = "ENFORCEMENT_LATE DATAVERSE, " + FLOWS;

    private static final Event APPLIED = applied(day(2), "p1", "k1");
    private static final Event V1 = rotated(day(1), "k1", "v1");

    @TempDir
    private Path folder;

    /// The deadlines of one environment and of a list after the same events.
    private record Listed(List<DeadlineEntry> environment, List<DeadlineEntry> list) {}

    private Listed listed(RuleProfile profile, Event... events) throws IOException {
        try (FilledReplica replica = FilledReplica.start(Files.createTempDirectory(folder, "replica"), profile)) {
            replica.given(snapshot(day(1), production()));
            replica.given(events);
            Questions questions = new Questions(
                    new Decider(profile),
                    new WhatIf(TopologyHarness.NAMES, profile, Bounds.DEFAULT, WhatIfLimits.DEFAULT),
                    () -> new OutputReader(replica.registry(), TopologyHarness.NAMES),
                    () -> day(0));
            try (ReplicaView view = replica.view()) {
                Listed listed = new Listed(
                        questions
                                .environment(view, Facts.CONTOSO, Facts.E1)
                                .orElseThrow()
                                .nextDueDates(),
                        questions
                                .deadlines(
                                        view,
                                        new DeadlineQuery(
                                                Optional.empty(),
                                                Optional.empty(),
                                                day(0),
                                                Questions.END_OF_TIME,
                                                Optional.empty(),
                                                10))
                                .deadlines());
                assertThat(questions.overview(view).nextDueDates())
                        .containsExactlyInAnyOrderElementsOf(listed.list())
                        .isSortedAccordingTo(
                                Comparator.comparing(entry -> entry.due().at()));
                return listed;
            }
        }
    }

    /// Day, kind and components.
    private static String words(DeadlineEntry entry) {
        String components = entry.components().stream().map(Component::name).collect(Collectors.joining(", "));
        return (number(entry.due().at()) + " " + entry.due().kind() + " " + components).strip();
    }

    private static long number(Instant at) {
        return Duration.between(day(0), at).toDays();
    }

    private DynamicTest row(String name, List<Event> events, List<String> environment, List<String> list) {
        return DynamicTest.dynamicTest(name, () -> {
            Listed listed = listed(Profiles.REPORT, events.toArray(Event[]::new));
            assertThat(listed.environment())
                    .extracting(LateDatesTest::words)
                    .containsExactlyInAnyOrderElementsOf(environment);
            assertThat(listed.list()).extracting(LateDatesTest::words).containsExactlyInAnyOrderElementsOf(list);
        });
    }

    private DynamicTest row(String name, List<Event> events, String... dates) {
        return row(name, events, List.of(dates), List.of(dates));
    }

    @TestFactory
    Stream<DynamicTest> whenComponentsBecomeLate() {
        return Stream.of(
                row("R30 four days after the policy was applied", List.of(V1, APPLIED), "6 " + LATE),
                row(
                        "R30 one day after a rotation",
                        List.of(V1, APPLIED, rotated(day(20), "k1", "v2")),
                        "21 " + LATE,
                        "48 RETENTION_END"),
                row(
                        "R30 four days after the policy was applied, although the key was rotated",
                        List.of(V1, APPLIED, rotated(day(3), "k1", "v2")),
                        "6 " + LATE,
                        "31 RETENTION_END"),
                row(
                        "R30 what is proven is not late",
                        List.of(V1, APPLIED, reported(day(3), Report.of(Component.DATAVERSE))),
                        "6 ENFORCEMENT_LATE " + FLOWS),
                row("R30 what is late has no date any more", List.of(V1, APPLIED, reached(day(6)))),
                row(
                        "R30 nothing is late while it is locked",
                        List.of(APPLIED, revoked(day(3), "k1")),
                        "26 DECISION",
                        "33 DELETION"),
                row(
                        "R30 after a removal",
                        List.of(V1, APPLIED, removed(day(20), "p1")),
                        "24 " + LATE,
                        "50 RETENTION_END"));
    }

    @TestFactory
    Stream<DynamicTest> besideOtherDates() {
        List<Event> swapped = List.of(APPLIED, applied(day(10), "p2", "k2"));
        return Stream.of(
                row(
                        "R30 an environment tells every date, a list the next",
                        List.of(snapshot(day(2), production().unmanaged()), APPLIED, snapshot(day(4), production())),
                        List.of("6 ENFORCEMENT_LATE DATAVERSE", "8 ENFORCEMENT_LATE " + FLOWS),
                        List.of("6 ENFORCEMENT_LATE DATAVERSE")),
                row(
                        "R30 at the end of a retention",
                        join(swapped, revoked(day(30), "k2"), restored(day(36), "k2"), snapshot(day(37), production())),
                        "40 RETENTION_END",
                        "40 " + LATE),
                row(
                        "R30 when the version expires",
                        List.of(rotatedUntil(day(1), "k1", "v1", day(6)), APPLIED),
                        "6 KEY_EXPIRY",
                        "6 " + LATE),
                row(
                        "R30 after the end of a retention",
                        join(swapped, revoked(day(30), "k2"), restored(day(38), "k2"), snapshot(day(39), production())),
                        List.of("40 RETENTION_END", "42 " + LATE),
                        List.of("40 RETENTION_END")),
                row(
                        "R30 after the warning of an expiry",
                        List.of(rotatedUntil(day(1), "k1", "v1", day(34)), APPLIED),
                        List.of("4 DECISION", "6 " + LATE, "34 KEY_EXPIRY"),
                        List.of("4 DECISION", "34 KEY_EXPIRY")));
    }

    private static List<Event> join(List<Event> first, Event... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    private DynamicTest sentence(String name, RuleProfile profile, String sentence, Event... events) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(listed(profile, events).list().getFirst().sentence())
                        .isEqualTo(sentence));
    }

    @TestFactory
    Stream<DynamicTest> sentences() {
        Event flows = reported(day(3), Report.of(Component.CLOUD_FLOWS));
        return Stream.of(
                sentence(
                        "R30 the components, the environment and the version",
                        Profiles.REQUIRE,
                        "Reports must show by this date that all items of Dataverse, Desktop flows, Flow run history,"
                                + " Connections with OAuth and Hosted machine groups in the environment e1 of the tenant"
                                + " contoso are encrypted with version v1 of the key"
                                + " https://contoso.vault.azure.net/keys/k1. Otherwise these components are late.",
                        V1,
                        APPLIED,
                        flows),
                sentence(
                        "R30 one component, and a key whose version is not known",
                        Profiles.REPORT,
                        "Reports must show by this date that all items of Dataverse in the environment e1 of the tenant"
                                + " contoso are encrypted with the key https://contoso.vault.azure.net/keys/k1."
                                + " Otherwise this component is late.",
                        snapshot(day(2), production().unmanaged()),
                        APPLIED,
                        snapshot(day(4), production())),
                sentence(
                        "R30 the Microsoft-managed key",
                        Profiles.REPORT,
                        "Reports must show by this date that all items of Dataverse, Cloud flows, Desktop flows, Flow run"
                                + " history, Connections with OAuth and Hosted machine groups in the environment e1 of"
                                + " the tenant contoso are encrypted with the Microsoft-managed key. Otherwise these"
                                + " components are late.",
                        APPLIED,
                        removed(day(20), "p1")),
                sentence(
                        "R32 reports are ignored",
                        Profiles.SEED,
                        "Until this date, keep the key https://contoso.vault.azure.net/keys/k1: the environment e1 of"
                                + " the tenant contoso needs it. It may be disabled then, if nothing else needs it.",
                        APPLIED,
                        removed(day(20), "p1")));
    }

    private DynamicTest changes(String name, String title, Event... events) {
        return DynamicTest.dynamicTest(name, () -> {
            Listed listed = listed(Profiles.SEED, events);
            assertThat(listed.list())
                    .filteredOn(entry -> entry.due().kind() == Deadline.Kind.DECISION)
                    .extracting(DeadlineEntry::title)
                    .containsExactlyElementsOf(title.isEmpty() ? List.of() : List.of(title));
            assertThat(listed.environment()).containsAll(listed.list());
        });
    }

    @TestFactory
    Stream<DynamicTest> whatChangesByTimeAlone() {
        Event revoked = revoked(day(3), "k1");
        Event expires = rotatedUntil(day(1), "k1", "v1", day(34));
        return Stream.of(
                changes("R26 a deletion is announced", "Warning “Deletion imminent” is raised", APPLIED, revoked),
                changes(
                        "R26 a deletion comes nearer",
                        "Warning “Deletion imminent” becomes an error",
                        APPLIED,
                        revoked,
                        reached(day(26))),
                changes(
                        "R26 a deletion is near",
                        "Warning “Deletion imminent” becomes critical",
                        APPLIED,
                        revoked,
                        reached(day(30))),
                changes("R26 after the last mark nothing changes", "", APPLIED, revoked, reached(day(32))),
                changes(
                        "R26 an expiry is announced",
                        "Warning “Key expiring” is raised, and 1 more",
                        expires,
                        APPLIED));
    }

    @TestFactory
    Stream<DynamicTest> titles() {
        return Stream.of(
                title("a deletion", "Environment is deleted", APPLIED, revoked(day(3), "k1"), reached(day(32))),
                title("a key that is left", "Key may be disabled", APPLIED, removed(day(20), "p1")),
                title("a superseded version", "Version v1 may be disabled", V1, APPLIED, rotated(day(20), "k1", "v2")),
                title("an expiry", "Version v1 expires", rotatedUntil(day(1), "k1", "v1", day(4)), APPLIED));
    }

    private DynamicTest title(String name, String title, Event... events) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(listed(Profiles.SEED, events).list())
                        .extracting(DeadlineEntry::title)
                        .containsExactly(title));
    }
}
