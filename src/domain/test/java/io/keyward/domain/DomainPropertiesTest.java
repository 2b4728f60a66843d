package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/// Properties that hold for every history, not only for those in the tables.
class DomainPropertiesTest {
    private static final int TRIES = 1_000;
    private static final int ORDERS = 4;

    private static final Set<Rule> RULES_OF_ONE_ENVIRONMENT =
            EnumSet.complementOf(EnumSet.of(Rule.R10, Rule.R12, Rule.R13, Rule.R15));

    /// Excludes the tenant's warning.
    private static final Set<WarningCode> WARNINGS_OF_ONE_ENVIRONMENT =
            EnumSet.complementOf(EnumSet.of(WarningCode.ENVIRONMENT_LIMIT_NEAR));

    @Provide
    Arbitrary<List<Event>> convergent() {
        return EventHistories.of(EventHistories.CONVERGENT, 24);
    }

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 30);
    }

    @Provide
    Arbitrary<List<Event>> withoutVersions() {
        return EventHistories.of(EventHistories.WITHOUT_VERSIONS, 24);
    }

    @Provide
    Arbitrary<List<Event>> alone() {
        return EventHistories.of(EventHistories.ALONE, 30);
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(Profiles.SEED, Profiles.MIGRATE, Profiles.REPORT, Profiles.REQUIRE);
    }

    /// The same events in any order, with any duplicates, give the same decisions, open warnings and
    /// suppressed sinks.
    @Property(tries = 2 * TRIES)
    void convergence(
            @ForAll("convergent") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll long seed) {
        Map<String, Verdict> expected = ReferenceModel.after(profile, events).verdicts();
        for (long order = 0; order < ORDERS; order++) {
            List<Event> disturbed = EventHistories.disturbed(events, seed + order);

            assertThat(ReferenceModel.after(profile, disturbed).verdicts())
                    .as("order %d", order)
                    .isEqualTo(expected);
        }
    }

    /// The same events in any order give the same signals, gaps included (R15). Of an environment that is never
    /// eligible this is not true: while its inventory is not known, its data is suppressed.
    @Property(tries = 2 * TRIES)
    void signalsConverge(@ForAll("convergent") List<Event> events, @ForAll long seed) {
        Map<String, Signal> expected = signals(events, ReferenceModel.after(Profiles.SEED, events));
        for (long order = 0; order < ORDERS; order++) {
            List<Event> disturbed = EventHistories.disturbed(events, seed + order);

            assertThat(signals(events, ReferenceModel.after(Profiles.SEED, disturbed)))
                    .as("order %d", order)
                    .isEqualTo(expected);
        }
    }

    private static Map<String, Signal> signals(List<Event> events, ReferenceModel model) {
        Map<String, Signal> signals = new TreeMap<>();
        for (ReferenceTenant tenant : model.tenants()) {
            for (EnvironmentId environment : tenant.environments()) {
                boolean eligible = isEligible(events, tenant, environment);
                tenant.published(environment).signals().forEach((sink, signal) -> {
                    if (eligible && !signal.isNothing()) {
                        signals.put(Publication.suppressionKey(tenant.id(), environment, sink), signal);
                    }
                });
            }
        }
        return signals;
    }

    /// By the last snapshot; after a purge, which takes that away, by all that were reported.
    private static boolean isEligible(List<Event> events, ReferenceTenant tenant, EnvironmentId environment) {
        return tenant.facts(environment)
                .snapshot()
                .map(known -> known.value().eligible())
                .orElseGet(() -> events.stream()
                        .noneMatch(event -> event instanceof Event.EnvironmentChanged changed
                                && changed.tenantId().equals(tenant.id())
                                && changed.environmentId().equals(environment)
                                && !changed.snapshot().eligible()));
    }

    /// After every event, all publications in order give the verdicts; if nothing was published, nothing changed.
    @Property(tries = TRIES)
    void differencesAreExact(@ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        ReferenceModel model = new ReferenceModel(profile);
        Folded reader = new Folded();
        Map<String, Verdict> before = Map.of();
        for (Event event : events) {
            List<Publication> published = model.accept(event);
            reader.read(published);
            model.tenants().forEach(reader::believes);
            if (published.isEmpty()) {
                assertThat(visible(model.verdicts())).isEqualTo(visible(before));
            }
            before = model.verdicts();
        }
    }

    /// Every verdict can be explained, rule by rule.
    @Property(tries = TRIES)
    void everyVerdictCanBeExplained(
            @ForAll("any") List<Event> events, @ForAll boolean migrate, @ForAll RuleProfile.Evidence evidence) {
        ReferenceModel model = new ReferenceModel((migrate ? Profiles.MIGRATE : Profiles.EXPIRY_WARNS).with(evidence));
        for (Event event : events) {
            model.accept(event);
            ReferenceTenant tenant = model.tenant(event.tenantId());
            tenant.verdicts()
                    .forEach((environment, verdict) -> assertThat(
                                    tenant.assessment(environment).orElseThrow().explanation())
                            .as("%s", verdict)
                            .hasSameSizeAs(verdict.rules())
                            .allSatisfy(e -> {
                                assertThat(e.sentence()).as("%s", e.rule()).matches("[A-Z].*\\.");
                                assertThat(e.sentence()).doesNotContain("..", "Optional");
                                assertThat(stamps(event.tenantId(), events)).containsAll(e.causes());
                            }));
        }
    }

    private static List<Stamp> stamps(TenantId tenant, List<Event> events) {
        return events.stream()
                .filter(event -> event.tenantId().equals(tenant))
                .map(Event::stamp)
                .toList();
    }

    /// The generated histories cover everything: every rule contributes and every warning is open in some of
    /// them.
    ///
    /// This tests only the generator, under a profile that uses every rule. The seed is fixed because the rarest
    /// warnings are open in a few histories of a thousand, and with some seeds in none.
    @Tag("full")
    @Property(tries = TRIES, seed = "1")
    void historiesReachEveryRule(@ForAll("any") List<Event> events) {
        ReferenceModel model = new ReferenceModel(Profiles.MIGRATE.with(RuleProfile.Evidence.REQUIRE));
        for (Event event : events) {
            model.accept(event);
            model.tenant(event.tenantId()).verdicts().values().forEach(verdict -> {
                verdict.rules().forEach(rule -> Statistics.label("rules").collect(rule));
                verdict.openWarnings()
                        .keySet()
                        .forEach(w -> Statistics.label("warnings").collect(w));
            });
        }
        Statistics.label("rules")
                .coverage(coverage -> RULES_OF_ONE_ENVIRONMENT.forEach(
                        rule -> coverage.check(rule).count(n -> n > 0)));
        Statistics.label("warnings")
                .coverage(coverage -> WARNINGS_OF_ONE_ENVIRONMENT.forEach(
                        code -> coverage.check(code).count(n -> n > 0)));
    }

    private static Map<String, List<Object>> visible(Map<String, Verdict> verdicts) {
        Map<String, List<Object>> visible = new TreeMap<>();
        verdicts.forEach((key, v) -> {
            visible.put(key, List.of(v.decision(), v.warningNames(), v.sinkNames()));
        });
        return visible;
    }

    /// The same for one environment, which sees more then.
    @Property(tries = TRIES)
    void convergenceOfOneEnvironment(
            @ForAll("alone") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll long seed) {
        convergence(events, profile, seed);
    }

    /// An event that arrives again publishes nothing.
    @Property(tries = TRIES)
    void duplicatesPublishNothing(@ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        ReferenceModel model = new ReferenceModel(profile);
        for (Event event : events) {
            model.accept(event);
            assertThat(model.accept(event)).isEmpty();
        }
    }

    /// An enabled environment stays enabled until its policy is removed or it is reset or purged. No slot is
    /// given beyond the limit, and none is free while an environment waits.
    @Property(tries = TRIES)
    void anEnabledEnvironmentIsNeverDowngraded(@ForAll("any") List<Event> events) {
        ReferenceModel model = new ReferenceModel(Profiles.SEED);
        for (Event event : events) {
            ReferenceTenant tenant = model.tenant(event.tenantId());
            Set<EnvironmentId> enabledBefore = tenant.slots().holders();
            model.accept(event);
            Set<EnvironmentId> enabled = tenant.slots().holders();
            enabledBefore.stream()
                    .filter(e -> !enabled.contains(e))
                    .forEach(e -> assertThat(tenant.facts(e).snapshot().isEmpty()
                                    || tenant.history(e).policyInForce().isEmpty())
                            .as("%s left its key", e)
                            .isTrue());
            assertThat(enabled.size()).isLessThanOrEqualTo(Math.max(tenant.limit(), enabledBefore.size()));
            tenant.slots().waiting().stream()
                    .filter(e ->
                            tenant.facts(e).snapshot().orElseThrow().value().eligible())
                    .forEach(e -> assertThat(enabled.size()).isGreaterThanOrEqualTo(tenant.limit()));
            enabled.forEach(e -> assertThat(tenant.verdict(e).orElseThrow().sinkNames())
                    .as("sinks of an enabled environment")
                    .isEqualTo(Profiles.SINKS));
        }
    }

    /// The history agrees with a plain walk through time.
    @Property(tries = TRIES)
    void historiesAgreeWithAWalkThroughTime(@ForAll("withoutVersions") List<Event> events) {
        List<Event> lived = events.stream()
                .filter(e -> e.tenantId().equals(Facts.CONTOSO))
                .filter(e -> !(e instanceof Event.OfEnvironment o)
                        || o.environmentId().equals(Facts.E1))
                .filter(e -> !(e instanceof Event.EnvironmentChanged))
                .distinct()
                .toList();
        History history =
                ReferenceModel.after(Profiles.SEED, lived).tenant(Facts.CONTOSO).history(Facts.E1);
        TimeWalk walk = TimeWalk.through(lived);

        assertThat(history.keyPeriod().map(KeyPeriod::key)).isEqualTo(walk.key);
        assertThat(history.keyPeriod().map(KeyPeriod::since)).isEqualTo(walk.onKeySince);
        assertThat(history.seriesStart()).isEqualTo(walk.seriesStart);
        assertThat(history.blockedBy()).isEqualTo(walk.waiting);
        assertThat(history.policyInForce().map(Fact.Application::policyId))
                .isEqualTo(walk.inForce.map(Event.PolicyApplied::policyId));
        assertThat(history.formerPeriods().stream().map(f -> f.period().key() + " " + f.left()))
                .containsExactlyElementsOf(walk.left);
    }

    /// A later event does not change when which key was left. (Only a rotation can, if it names the version
    /// that was current before; so here every version is known from the start.)
    @Property(tries = TRIES)
    void laterEventsDoNotRewriteThePast(@ForAll("alone") List<Event> events) {
        ReferenceModel model = new ReferenceModel(Profiles.SEED);
        for (String key : List.of("k1", "k2", "k3")) {
            model.accept(Facts.rotated(Facts.day(-1), key, "v1"));
        }
        ReferenceTenant tenant = model.tenant(Facts.CONTOSO);
        List<String> before = new ArrayList<>();
        for (Event event : withoutEnds(EventHistories.inOrder(events))) {
            model.accept(event);
            List<String> after = tenant.history(Facts.E1).formerPeriods().stream()
                    .map(f -> f.period().key() + " " + f.left())
                    .toList();
            assertThat(after.subList(0, Math.min(before.size(), after.size()))).isEqualTo(before);
            before = after;
        }
    }

    /// Without purges, resets and previous versions, and with at most one event at a time.
    private static List<Event> withoutEnds(List<Event> events) {
        List<Event> kept = new ArrayList<>();
        for (Event event : events) {
            boolean end = event instanceof Event.EnvironmentChanged;
            boolean sameMoment = !kept.isEmpty() && kept.getLast().occurredAt().equals(event.occurredAt());
            if (!end && !sameMoment) {
                kept.add(
                        event instanceof Event.KeyRotated r
                                ? new Event.KeyRotated(
                                        r.tenantId(),
                                        r.stamp(),
                                        r.key(),
                                        r.newVersion(),
                                        Optional.empty(),
                                        Optional.empty())
                                : event);
            }
        }
        return kept;
    }
}
