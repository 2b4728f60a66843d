package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// R25: what time changes, and what it does not change.
class TimePropertiesTest {
    private static final int TRIES = 1_000;

    /// A verdict has a handful of dates; a walk through them that takes longer does not end.
    private static final int MOST_STEPS = 1_000;

    private static final Instant THE_END = Instant.ofEpochMilli(Long.MAX_VALUE);

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 30);
    }

    @Provide
    Arbitrary<List<Event>> convergent() {
        return ReportHistories.of(EventHistories.CONVERGENT, 24);
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(Profiles.SEED, Profiles.REPORT, Profiles.REQUIRE);
    }

    /// Calls the check for every environment at the end of a history.
    private static void each(
            RuleProfile profile, List<Event> events, BiConsumer<ReferenceTenant, EnvironmentId> check) {
        for (ReferenceTenant tenant : ReferenceModel.after(profile, events).tenants()) {
            tenant.verdicts().keySet().forEach(environment -> check.accept(tenant, environment));
        }
    }

    /// What would be decided of the environment if its tenant had reached that time.
    private static Assessment at(
            Instant timeReached, RuleProfile profile, ReferenceTenant tenant, EnvironmentId environment) {
        KnownEnvironment known = tenant.known(environment);
        return new KnownEnvironment(
                        known.tenant(), environment, known.state(), known.reports(), known.keys(), timeReached)
                .assessment(new Decider(profile))
                .orElseThrow();
    }

    /// Until a verdict is due, time does not change it.
    @Property(tries = TRIES)
    void aVerdictHoldsUntilItIsDue(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll long seed) {
        Random random = new Random(seed);
        each(profile, events, (tenant, environment) -> {
            Assessment now = tenant.assessment(environment).orElseThrow();
            Instant asOf = now.situation().asOf();
            Instant last = now.verdict().dueAt().map(due -> due.minusMillis(1)).orElse(THE_END);
            long between = last.toEpochMilli() - asOf.toEpochMilli();
            Stream.of(asOf, asOf.plusMillis(random.nextLong(between + 1)), last)
                    .forEach(time -> assertThat(
                                    at(time, profile, tenant, environment).verdict())
                            .as("%s at %s", environment, time)
                            .isEqualTo(now.verdict()));
        });
    }

    /// A verdict is never due before its time: each deadline is later than what has been reached.
    @Property(tries = TRIES)
    void deadlinesComeToAnEnd(@ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        each(profile, events, (tenant, environment) -> {
            Verdict verdict = tenant.verdict(environment).orElseThrow();
            Optional<Instant> due = verdict.dueAt();
            for (int steps = 0; due.isPresent(); steps++) {
                assertThat(steps).isLessThan(MOST_STEPS);
                verdict = at(due.get(), profile, tenant, environment).verdict();
                assertThat(verdict.dueAt().map(due.get()::isBefore).orElse(true))
                        .isTrue();
                due = verdict.dueAt();
            }
            Decision last = verdict.decision();
            assertThat(last.retainUntil()).isEmpty();
            assertThat(verdict.openWarnings())
                    .doesNotContainKeys(WarningCode.RETAIN_KEY, WarningCode.RESTORE_AT_RISK, WarningCode.KEY_EXPIRING);
            Map<WarningCode, OpenWarning> open = verdict.openWarnings();
            assertThat(Optional.ofNullable(open.get(WarningCode.DELETION_IMMINENT))
                            .map(OpenWarning::severity))
                    .isEqualTo(last.expectedDeletionAt().map(_ -> Severity.CRITICAL));
            List<String> late = open.containsKey(WarningCode.ENFORCEMENT_LATE)
                    ? open.get(WarningCode.ENFORCEMENT_LATE).subjects()
                    : List.of();
            verdict.enforcement()
                    .forEach((component, reported) -> assertThat(late.contains(component.name()))
                            .as("%s is late", component)
                            .isEqualTo(deadline(reported).isPresent()));
        });
    }

    /// A mark is raised at most once for each date, and nothing is published twice while only time passes.
    @Property(tries = TRIES)
    void whatIsDueIsPublishedOnce(@ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        ReferenceModel model = new ReferenceModel(profile);
        List<Publication> publications = new ArrayList<>();
        events.forEach(event -> publications.addAll(model.accept(event)));
        publications.clear();
        publications.addAll(letTimePass(model, THE_END));

        assertThat(publications.stream()
                        .filter(Publication.OfWarning.class::isInstance)
                        .map(Publication.OfWarning.class::cast)
                        .filter(warning -> warning.clearedAt().isEmpty())
                        .map(warning -> warning.key() + " " + warning.incident().severity() + " " + warning.message()))
                .doesNotHaveDuplicates();
    }

    /// Whether each date arrives when it is due or all of them after an outage makes no difference.
    @Property(tries = TRIES)
    void anOutageLosesNothing(
            @ForAll("convergent") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll long seed) {
        ReferenceModel live = new ReferenceModel(profile);
        for (Event event : EventHistories.inOrder(events)) {
            letTimePass(live, event.occurredAt());
            live.accept(event);
        }
        letTimePass(live, THE_END);
        ReferenceModel late = ReferenceModel.after(profile, EventHistories.disturbed(events, seed));
        letTimePass(late, THE_END);

        assertThat(late.verdicts()).isEqualTo(live.verdicts());
    }

    /// Publishes `time-reached` events for what is due by that time, in order, as the processor does.
    private static List<Publication> letTimePass(ReferenceModel model, Instant now) {
        List<Publication> publications = new ArrayList<>();
        for (ReferenceTenant tenant : model.tenants()) {
            Optional<Instant> due = firstDue(tenant, now);
            for (int steps = 0; due.isPresent(); steps++) {
                assertThat(steps).isLessThan(MOST_STEPS);
                publications.addAll(model.accept(new Event.TimeReached(tenant.id(), due.get())));
                due = firstDue(tenant, now);
            }
        }
        return publications;
    }

    private static Optional<Instant> firstDue(ReferenceTenant tenant, Instant now) {
        return tenant.verdicts().values().stream()
                .flatMap(verdict -> verdict.dueAt().stream())
                .filter(due -> !due.isAfter(now))
                .min(Instant::compareTo);
    }

    /// A verdict is due no later than the first of its dates, and never if it has none.
    @Property(tries = TRIES)
    void onlyADateIsDue(@ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        each(profile, events, (tenant, environment) -> {
            Assessment now = tenant.assessment(environment).orElseThrow();
            Instant asOf = now.situation().asOf();
            Optional<Instant> first =
                    dates(now).filter(date -> date.isAfter(asOf)).min(Instant::compareTo);
            Optional<Instant> due = now.verdict().dueAt();

            assertThat(due.isPresent()).isEqualTo(first.isPresent());
            due.ifPresent(moment -> assertThat(moment).isAfter(asOf).isBeforeOrEqualTo(first.orElseThrow()));
        });
    }

    private static Stream<Instant> dates(Assessment now) {
        Decision decision = now.verdict().decision();
        Stream<Instant> kept = decision.retainUntil().stream().map(Retention::until);
        Stream<Instant> marks = decision.expectedDeletionAt().stream()
                .flatMap(deletion -> Stream.of(7, 3, 1).map(days -> deletion.minus(Duration.ofDays(days))))
                .filter(mark -> mark.isAfter(decision.lockedSince().orElseThrow()));
        Stream<Instant> expiries = now.situation().onCustomerKey()
                ? now.situation().keyPeriod().expiryAnnounced().stream()
                        .map(Fact.Expiry::expiresAt)
                        .flatMap(date -> Stream.of(date, date.minus(Duration.ofDays(30))))
                : Stream.empty();
        Stream<Instant> proofs =
                now.verdict().enforcement().values().stream().flatMap(reported -> deadline(reported).stream());
        return Stream.of(kept, marks, expiries, proofs).flatMap(moments -> moments);
    }

    /// When a component that is not proven is late (R30).
    private static Optional<Instant> deadline(ComponentEnforcement reported) {
        return reported.lateFrom().filter(_ -> reported.status() != EnforcementStatus.ENFORCED);
    }

    /// Time closes no revocation, locks nothing and opens no lock; it moves no slot.
    @Property(tries = TRIES)
    void timeProvesNothing(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll long seed) {
        Random random = new Random(seed);
        each(profile, events, (tenant, environment) -> {
            Verdict now = tenant.verdict(environment).orElseThrow();
            for (Instant time : List.of(Facts.day(random.nextInt(100)), Facts.day(random.nextInt(10_000)), THE_END)) {
                Verdict then = at(time, profile, tenant, environment).verdict();

                assertThat(then.decision().encryptionState())
                        .isEqualTo(now.decision().encryptionState());
                assertThat(then.decision().components())
                        .isEqualTo(now.decision().components());
                assertThat(then.decision().enforcement())
                        .isEqualTo(now.decision().enforcement());
                assertThat(then.decision().enabledSince())
                        .isEqualTo(now.decision().enabledSince());
                assertThat(then.decision().lockedSince())
                        .isEqualTo(now.decision().lockedSince());
                assertThat(then.decision().expectedDeletionAt())
                        .isEqualTo(now.decision().expectedDeletionAt());
                assertThat(then.decision().key()).isEqualTo(now.decision().key());
                assertThat(then.standing()).isEqualTo(now.standing());
                assertThat(then.suppressedSinks()).isEqualTo(now.suppressedSinks());
                assertThat(notOfTime(then)).isEqualTo(notOfTime(now));
            }
        });
    }

    /// The open warnings that no date opens or ends.
    private static Map<WarningCode, OpenWarning> notOfTime(Verdict verdict) {
        Map<WarningCode, OpenWarning> open = new TreeMap<>(verdict.openWarnings());
        open.keySet().removeIf(code -> switch (code) {
            case RETAIN_KEY, RESTORE_AT_RISK, KEY_EXPIRING, KEY_EXPIRED, DELETION_IMMINENT, ENFORCEMENT_LATE -> true;
            default -> false;
        });
        return open;
    }
}
