package io.keyward.domain.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Decider;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.testing.Tries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/// A remedy does what it promises: once its events have come, the environment is in the state that it named.
class RemediesPropertiesTest {
    private static final int TRIES = 500;

    @Provide
    Arbitrary<List<Event>> any() {
        return EventHistories.of(EventHistories.ALL, 30);
    }

    @Provide
    Arbitrary<List<Event>> reported() {
        return ReportHistories.of(EventHistories.ALL, 20);
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(Profiles.ALL);
    }

    @Provide
    Arbitrary<RuleProfile> evidence() {
        return Arbitraries.of(Profiles.REPORT, Profiles.REQUIRE);
    }

    @Property(tries = TRIES)
    void theEventsOfARemedyGiveTheStateItPromised(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        assertKept(events, profile);
        Tries.reach("complete", complete -> complete.check(true).percentage(share -> share > 95));
    }

    /// With reports among the facts; what only reports end may stay.
    @Property(tries = TRIES)
    void theEventsOfARemedyGiveTheStateItPromisedWhereReportsAreUsed(
            @ForAll("reported") List<Event> events, @ForAll("evidence") RuleProfile profile) {
        assertKept(events, profile);
        Tries.reach("complete", complete -> {
            complete.check(true).percentage(share -> share > 5);
            complete.check(false).percentage(share -> share > 5);
        });
    }

    private static void assertKept(List<Event> events, RuleProfile profile) {
        ReferenceModel model = ReferenceModel.after(profile, events);
        model.tenants()
                .forEach(tenant -> tenant.verdicts().forEach((environment, verdict) -> {
                    Optional<Remedy> found = remedy(profile, tenant, environment);
                    assertThat(found.isEmpty()).isEqualTo(isGood(verdict));
                    found.ifPresent(remedy -> {
                        Statistics.label("complete").collect(remedy.complete());
                        Statistics.label("steps").collect(remedy.steps().size());
                        Verdict then = after(profile, events, remedy.steps(), tenant, environment);
                        assertThat(then.decision().encryptionState()).isEqualTo(remedy.encryptionState());
                        assertThat(then.decision().policyStatus()).isEqualTo(remedy.policyStatus());
                        assertThat(then.warningNames()).isEqualTo(remedy.openWarnings());
                        assertThat(isGood(then)).isEqualTo(remedy.complete());
                        assertNoStepIsNeedless(profile, events, remedy, tenant, environment);
                    });
                }));
    }

    /// A snapshot repeats those before it, so of several snapshots only the last one can be left out. A slot may
    /// become free by what a step does to other environments.
    private static void assertNoStepIsNeedless(
            RuleProfile profile, List<Event> events, Remedy remedy, ReferenceTenant tenant, EnvironmentId environment) {
        if (!remedy.complete()) {
            return;
        }
        for (Remedy.Step step : remedy.steps()) {
            if (step.event() instanceof Event.TenantLimitChanged
                    || (step.event() instanceof Event.EnvironmentChanged
                            && !step.equals(remedy.steps().getLast()))) {
                continue;
            }
            List<Remedy.Step> rest = new ArrayList<>(remedy.steps());
            rest.remove(step);
            assertThat(isGood(after(profile, events, rest, tenant, environment)))
                    .as("%s without %s", remedy, step)
                    .isFalse();
        }
    }

    private static Optional<Remedy> remedy(RuleProfile profile, ReferenceTenant tenant, EnvironmentId environment) {
        return new Remedies(new Decider(profile))
                .of(tenant.known(environment), tenant.state(), tenant.ahead(environment));
    }

    private static Verdict after(
            RuleProfile profile,
            List<Event> events,
            List<Remedy.Step> steps,
            ReferenceTenant tenant,
            EnvironmentId environment) {
        ReferenceModel model = ReferenceModel.after(profile, events);
        steps.forEach(step -> model.accept(step.event()));
        return model.tenant(tenant.id()).verdict(environment).orElseThrow();
    }

    private static boolean isGood(Verdict verdict) {
        boolean warns = verdict.openWarnings().keySet().stream()
                .anyMatch(warning -> warning.severity().compareTo(Severity.WARNING) >= 0);
        return !warns
                && switch (verdict.decision().encryptionState()) {
                    case CUSTOMER_MANAGED, MICROSOFT_MANAGED -> true;
                    case LOCKED, RECOVERABLE, DELETED -> false;
                };
    }
}
