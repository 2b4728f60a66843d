package io.keyward.domain;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.pinned;

import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Generated histories with enforcement reports among their events, in any order of arrival: of parts that come
/// and go, before, at and after the times of the other events, under versions that are in force, were so or never
/// will be.
public final class ReportHistories {
    /// The warnings that only reports raise.
    public static final Set<WarningCode> WARNINGS = Set.of(
            WarningCode.ENFORCEMENT_LATE,
            WarningCode.ENFORCEMENT_FAILED,
            WarningCode.ENFORCEMENT_DRIFT,
            WarningCode.UNEXPECTED_KEY);

    private static final Arbitrary<Component> COMPONENTS = Arbitraries.frequency(
            Tuple.of(5, Component.DATAVERSE),
            Tuple.of(3, Component.CLOUD_FLOWS),
            Tuple.of(3, Component.FLOW_RUN_HISTORY),
            Tuple.of(3, Component.HOSTED_MACHINE_GROUPS),
            Tuple.of(2, Component.NON_OAUTH_CONNECTIONS),
            Tuple.of(1, Component.DESKTOP_FLOWS),
            Tuple.of(1, Component.OAUTH_CONNECTIONS),
            Tuple.of(1, Component.HOSTED_MACHINES));

    private static final Arbitrary<PartName> PARTS =
            Arbitraries.of("", "", "", "a", "a", "b").map(PartName::new);

    /// Which other parts a report names; `c` never reports.
    private static final Arbitrary<List<PartName>> NAMED = Arbitraries.frequencyOf(
                    Tuple.of(8, Arbitraries.just(List.<String>of())),
                    Tuple.of(2, Arbitraries.just(List.of("a"))),
                    Tuple.of(2, Arbitraries.just(List.of("", "a"))),
                    Tuple.of(1, Arbitraries.just(List.of("b", "a"))),
                    Tuple.of(1, Arbitraries.just(List.of("c"))))
            .map(names -> names.stream().map(PartName::new).toList());

    /// From the start to after the ends of all deadlines and retentions of the other events.
    private static final Arbitrary<Instant> TIMES = Combinators.combine(
                    Arbitraries.frequencyOf(
                            Tuple.of(4, Arbitraries.integers().between(0, 16)),
                            Tuple.of(1, Arbitraries.integers().between(17, 75))),
                    Arbitraries.of(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1), Duration.ofHours(1)))
            .as((number, more) -> day(number).plus(more));

    private static final Arbitrary<Stamp> STAMPS = Combinators.combine(
                    TIMES, Arbitraries.of("a", "b", "c", "r", "s", "t").map(EventId::new))
            .as(Stamp::new);

    /// Empty for the Microsoft-managed key. Versions `v9` and key `k9` are never those of a policy.
    private static final Arbitrary<Optional<KeyReference>> KEYS = Arbitraries.frequency(
            Tuple.of(4, Optional.empty()),
            Tuple.of(4, Optional.of(pinned("k1", "v1"))),
            Tuple.of(4, Optional.of(pinned("k1", "v2"))),
            Tuple.of(2, Optional.of(pinned("k1", "v3"))),
            Tuple.of(1, Optional.of(pinned("k1", "v9"))),
            Tuple.of(1, Optional.of(pinned("k2", "v1"))),
            Tuple.of(1, Optional.of(pinned("k2", "v2"))),
            Tuple.of(1, Optional.of(pinned("k3", "v1"))),
            Tuple.of(1, Optional.of(pinned("k9", "v1"))),
            Tuple.of(
                    1,
                    Optional.of(new KeyReference(
                            new KeyId("https://fabrikam.vault.azure.net", "k1"), Optional.of(Facts.version("v1"))))));

    private static final Arbitrary<List<EnforcementReport.Items>> ITEMS = Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(List.of())),
            Tuple.of(8, items().list().ofSize(1)),
            Tuple.of(4, items().list().ofMinSize(2).ofMaxSize(3)));

    private static final Arbitrary<EnforcementReport> REPORTS = Combinators.combine(
                    Arbitraries.frequency(
                            Tuple.of(16, EnforcementReport.Phase.SUCCEEDED),
                            Tuple.of(2, EnforcementReport.Phase.RUNNING),
                            Tuple.of(1, EnforcementReport.Phase.FAILED),
                            Tuple.of(1, EnforcementReport.Phase.UNKNOWN)),
                    ITEMS,
                    Arbitraries.frequency(Tuple.of(10, true), Tuple.of(1, false)),
                    Arbitraries.frequency(Tuple.of(20, 0), Tuple.of(1, 2)),
                    Arbitraries.frequency(Tuple.of(20, 0), Tuple.of(1, 1)))
            .as((phase, items, complete, failedCount, failed) -> new EnforcementReport(
                    phase,
                    items,
                    complete,
                    failedCount,
                    Collections.nCopies(failed, new EnforcementReport.FailedItem("i1", "busy"))));

    private ReportHistories() {}

    private static Arbitrary<EnforcementReport.Items> items() {
        return Combinators.combine(KEYS, Arbitraries.of(0, 1, 1, 2, 5))
                .as((key, count) -> new EnforcementReport.Items(key, count));
    }

    /// Histories of those kinds with up to that many events other than reports, and as many reports.
    public static Arbitrary<List<Event>> of(EventHistories.Kinds kinds, int most) {
        Arbitrary<List<Event>> reports = followed(kinds)
                .list()
                .ofMaxSize(most)
                .map(each -> each.stream().flatMap(List::stream).toList());
        return mixed(EventHistories.of(kinds, most), reports);
    }

    /// The same, with reports of more parts than are remembered.
    static Arbitrary<List<Event>> crowded(EventHistories.Kinds kinds, int most) {
        Arbitrary<List<Event>> crowd = Combinators.combine(
                        Arbitraries.integers().between(60, 70),
                        reported(kinds).list().ofSize(70))
                .as((parts, reports) -> crowd(reports.subList(0, parts)));
        return mixed(of(kinds, most), crowd);
    }

    /// The same component of the same environment, by parts of as many names.
    private static List<Event> crowd(List<Event> reports) {
        Event.EnforcementReported first = (Event.EnforcementReported) reports.getFirst();
        List<Event> crowd = new ArrayList<>();
        for (Event event : reports) {
            Event.EnforcementReported e = (Event.EnforcementReported) event;
            crowd.add(new Event.EnforcementReported(
                    first.tenantId(),
                    e.stamp(),
                    first.environmentId(),
                    first.component(),
                    new PartName("part-" + crowd.size()),
                    e.report(),
                    List.of(new PartName("part-" + crowd.size() / 2))));
        }
        return crowd;
    }

    private static Arbitrary<List<Event>> mixed(Arbitrary<List<Event>> some, Arbitrary<List<Event>> others) {
        return Combinators.combine(some, others, Arbitraries.longs()).as((these, those, seed) -> {
            List<Event> all = new ArrayList<>(these);
            Random random = new Random(seed);
            those.forEach(event -> all.add(random.nextInt(all.size() + 1), event));
            return all;
        });
    }

    /// A report, and in half of the cases a later one of the same part.
    private static Arbitrary<List<Event>> followed(EventHistories.Kinds kinds) {
        return Combinators.combine(
                        reported(kinds),
                        REPORTS.optional(0.5),
                        Arbitraries.of(Duration.ZERO, Duration.ofHours(3), Duration.ofDays(2), Duration.ofDays(5)),
                        NAMED)
                .as((event, then, later, named) -> {
                    Event.EnforcementReported e = (Event.EnforcementReported) event;
                    List<Event> both = new ArrayList<>(List.of(e));
                    then.ifPresent(report -> both.add(new Event.EnforcementReported(
                            e.tenantId(),
                            Facts.stamp(e.occurredAt().plus(later), "then"),
                            e.environmentId(),
                            e.component(),
                            e.part(),
                            report,
                            named)));
                    return both;
                });
    }

    private static Arbitrary<Event> reported(EventHistories.Kinds kinds) {
        return Combinators.combine(
                        Arbitraries.of(kinds.tenants()).map(TenantId::new),
                        STAMPS,
                        Arbitraries.integers()
                                .between(1, kinds.natures().size())
                                .map(number -> new EnvironmentId("e" + number)),
                        COMPONENTS,
                        PARTS,
                        REPORTS,
                        NAMED)
                .as(Event.EnforcementReported::new);
    }

    /// The same history without its reports.
    public static List<Event> withoutReports(List<Event> events) {
        return events.stream()
                .filter(event -> !(event instanceof Event.EnforcementReported))
                .toList();
    }
}
