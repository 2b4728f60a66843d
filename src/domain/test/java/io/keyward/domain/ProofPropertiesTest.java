package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.testing.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/// R28 and R29: what proves, what does not, and what takes a proof back.
class ProofPropertiesTest implements ReportArbitraries {
    private static final int TRIES = 500;

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(
                Profiles.REPORT,
                Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT),
                Profiles.EXPIRY_WARNS.with(RuleProfile.Evidence.REQUIRE));
    }

    /// Also with more parts than are remembered, and with parts that vanish and return.
    @Property(tries = TRIES / 5)
    void anyOrderEndsAlikeWhenPartsAreMany(
            @ForAll("crowded") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll long seed) {
        assertThat(ReferenceModel.after(profile, EventHistories.disturbed(events, seed))
                        .verdicts())
                .isEqualTo(ReferenceModel.after(profile, events).verdicts());
    }

    /// Which event made a component ENFORCED that was not: a report of that component, or one that moved what
    /// is desired or since when, so that earlier reports prove it. Never a time that was reached.
    @Property(tries = TRIES)
    void aComponentIsProvenByAReportOrBecauseSomethingElseIsDesired(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        eachProof(profile, events, (event, proof) -> {
            Statistics.label("proofs").collect(isReportOn(event, proof));
            assertThat(event).isNotInstanceOf(Event.TimeReached.class);
            assertThat(isReportOn(event, proof) || proof.moved())
                    .as("%s by %s", proof, event)
                    .isTrue();
        });
        reached("proofs", true, false);
    }

    /// The generated histories reach these outcomes.
    private static void reached(String label, Object... outcomes) {
        Tries.reach(label, coverage -> {
            for (Object outcome : outcomes) {
                coverage.check(outcome).count(n -> n > 10);
            }
        });
    }

    /// Where events arrive in order of their time, no two of one time, nothing that happens to a key proves
    /// anything: after a rotation, a restoration or a removal the proof is a later report. A snapshot and a
    /// policy can change what is desired of a component to what was reported before.
    @Property(tries = TRIES)
    void inOrderOfTimeOnlyReportsSnapshotsAndPoliciesProve(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        eachProof(profile, strictlyInOrder(events), (event, proof) -> {
            Statistics.label("provenBy").collect(event.type());
            assertThat(event)
                    .as("%s", proof)
                    .isInstanceOfAny(
                            Event.EnforcementReported.class, Event.EnvironmentChanged.class, Event.PolicyApplied.class);
        });
        reached("provenBy", "EnforcementReported");
    }

    /// Without events of one time: a revocation at the very time of a swap, say, takes the swap back.
    private static List<Event> strictlyInOrder(List<Event> events) {
        List<Event> kept = new ArrayList<>();
        for (Event event : EventHistories.inOrder(events)) {
            if (kept.isEmpty() || event.occurredAt().isAfter(kept.getLast().occurredAt())) {
                kept.add(event);
            }
        }
        return kept;
    }

    /// A component that an event made ENFORCED.
    ///
    /// @param moved whether the event moved what is desired of it, or since when
    private record Proof(EnvironmentId environment, Component component, boolean moved) {}

    private interface Check {
        void check(Event event, Proof proof);
    }

    private static void eachProof(RuleProfile profile, List<Event> events, Check check) {
        ReferenceModel model = new ReferenceModel(profile);
        for (Event event : events) {
            ReferenceTenant tenant = model.tenant(event.tenantId());
            Map<EnvironmentId, Verdict> before = tenant.verdicts();
            model.accept(event);
            tenant.verdicts()
                    .forEach((environment, verdict) -> verdict.enforcement().forEach((component, now) -> {
                        Optional<ComponentEnforcement> earlier = Optional.ofNullable(before.get(environment))
                                .map(v -> v.enforcement().get(component));
                        if (isProven(now)
                                && earlier.filter(ProofPropertiesTest::isProven).isEmpty()) {
                            boolean moved = earlier.isEmpty()
                                    || !earlier.get().desired().equals(now.desired())
                                    || !earlier.get().desiredSince().equals(now.desiredSince());
                            check.check(event, new Proof(environment, component, moved));
                        }
                    }));
        }
    }

    private static boolean isProven(ComponentEnforcement enforcement) {
        return enforcement.status() == EnforcementStatus.ENFORCED;
    }

    private static boolean isReportOn(Event event, Proof proof) {
        return event instanceof Event.EnforcementReported e
                && e.environmentId().equals(proof.environment())
                && e.component() == proof.component();
    }

    /// A rotation to a version that no report names, whenever it arrives and whatever was proven before: what it
    /// concerns is proven again only by later reports, of parts that hold nothing.
    @Property(tries = TRIES)
    void aLateRotationTakesTheProofBack(
            @ForAll("alone") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll boolean early) {
        Instant rotated = early ? Facts.day(42) : Facts.day(200);
        ReferenceModel model = ReferenceModel.after(profile, events);
        long before = provenUnderAKey(model);
        for (String key : List.of("k1", "k2", "k3")) {
            model.accept(Facts.rotated(rotated, key, "new"));
        }
        model.verdict(Facts.E1)
                .ifPresent(verdict -> verdict.enforcement().values().stream()
                        .filter(ProofPropertiesTest::isProven)
                        .filter(enforcement -> enforcement
                                .desired()
                                .flatMap(KeyReference::version)
                                .equals(Optional.of(Facts.version("new"))))
                        .flatMap(enforcement -> enforcement.parts().stream())
                        .map(part -> part.reports().orElseThrow().latest())
                        .forEach(latest -> {
                            assertThat(latest.at()).isAfter(rotated);
                            assertThat(latest.report().items()).isEmpty();
                        }));
        Statistics.label("takenBack").collect(provenUnderAKey(model) < before);
        reached("takenBack", true, false);
    }

    private static long provenUnderAKey(ReferenceModel model) {
        return model.verdict(Facts.E1).stream()
                .flatMap(verdict -> verdict.enforcement().values().stream())
                .filter(enforcement ->
                        isProven(enforcement) && enforcement.desired().isPresent())
                .count();
    }

    /// An owner that reports the same again, later, changes no status and publishes nothing, if its first report
    /// counted. A key that was expected at the first time may be unexpected at the second.
    @Property(tries = TRIES)
    void whatIsReportedAgainPublishesNothing(
            @ForAll("alone") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        ReferenceModel model = ReferenceModel.after(profile, events);
        for (Event.EnforcementReported again : repeated(model, events)) {
            Verdict before = model.verdict(Facts.E1).orElseThrow();
            List<Publication> published = model.accept(again);
            Verdict after = model.verdict(Facts.E1).orElseThrow();
            assertThat(after.decision().enforcement())
                    .isEqualTo(before.decision().enforcement());
            assertThat(after.decision().components())
                    .isEqualTo(before.decision().components());
            Statistics.label("published").collect(!published.isEmpty());
            if (unexpected(after).equals(unexpected(before))) {
                assertThat(published).isEmpty();
            }
        }
        reached("published", false);
    }

    /// For each component the report that names its known parts, if it counts and is its part's latest.
    private static List<Event.EnforcementReported> repeated(ReferenceModel model, List<Event> events) {
        List<Event.EnforcementReported> again = new ArrayList<>();
        model.verdict(Facts.E1)
                .ifPresent(verdict -> verdict.enforcement().forEach((component, known) -> {
                    List<Event.EnforcementReported> ofComponent = events.stream()
                            .filter(Event.EnforcementReported.class::isInstance)
                            .map(Event.EnforcementReported.class::cast)
                            .filter(e -> e.component() == component)
                            .toList();
                    Instant last = ofComponent.stream()
                            .map(Event::occurredAt)
                            .max(Instant::compareTo)
                            .orElse(Instant.MIN);
                    List<Event.EnforcementReported> latest = ofComponent.stream()
                            .filter(e -> e.occurredAt().equals(last))
                            .toList();
                    if (latest.size() == 1 && last.isAfter(known.desiredSince())) {
                        Event.EnforcementReported e = latest.getFirst();
                        again.add(new Event.EnforcementReported(
                                e.tenantId(),
                                Facts.stamp(last.plus(Duration.ofHours(1)), "again"),
                                e.environmentId(),
                                component,
                                e.part(),
                                e.report(),
                                e.parts()));
                    }
                }));
        return again;
    }

    private static SortedMap<WarningCode, OpenWarning> unexpected(Verdict verdict) {
        SortedMap<WarningCode, OpenWarning> open = new TreeMap<>(verdict.openWarnings());
        open.keySet().removeIf(code -> code != WarningCode.UNEXPECTED_KEY);
        return open;
    }
}
