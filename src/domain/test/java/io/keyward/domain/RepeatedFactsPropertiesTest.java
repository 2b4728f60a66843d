package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Register;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.testing.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/// What is derived of a repeated snapshot without applying the rules is what the rules decide.
class RepeatedFactsPropertiesTest {
    private static final int TRIES = 2_000;

    /// How long after the snapshot it is repeated: at once, among the other facts, at and after the ends of
    /// deadlines.
    private static final List<Duration> DELAYS = List.of(
            Duration.ZERO,
            Duration.ofMillis(1),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(5),
            Duration.ofDays(23),
            Duration.ofDays(30),
            Duration.ofDays(70));

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(
                Profiles.SEED,
                Profiles.AUTOMATIC_UNLOCK,
                Profiles.EXPIRY_WARNS,
                Profiles.MIGRATE,
                Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT),
                Profiles.MIGRATE.with(RuleProfile.Evidence.REQUIRE));
    }

    /// Of the events of a history, and of its snapshots when they are repeated. Also of states that facts
    /// have kept, which no rule has decided from them.
    @Property(tries = TRIES)
    void whereFactsKeepAStateTheRulesChangeNothingButTheFacts(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile, @ForAll long seed) {
        Random random = new Random(seed);
        DecidedTenant tenant = new DecidedTenant(profile);
        for (Event each : events) {
            Event event = Facts.ofTenant("contoso", each);
            if (event instanceof Event.OfEnvironment e && !(event instanceof Event.EnforcementReported)) {
                tenant.keeps(e);
            }
            tenant.accept(event);
            for (EnvironmentId environment : List.copyOf(tenant.states.keySet())) {
                tenant.facts(environment).snapshot().ifPresent(held -> {
                    Event.EnvironmentChanged again = repeated(held, environment, random);
                    boolean kept = tenant.keeps(again);
                    if (kept && random.nextBoolean()) {
                        tenant.keep(again);
                    }
                    Statistics.label("kept").collect(kept);
                });
            }
        }
        Tries.reach("kept", coverage -> coverage.check(true).percentage(share -> share > 40));
    }

    private static Event.EnvironmentChanged repeated(
            Register<Snapshot> held, EnvironmentId environment, Random random) {
        Instant at = held.stamp().occurredAt().plus(DELAYS.get(random.nextInt(DELAYS.size())));
        return new Event.EnvironmentChanged(
                Facts.CONTOSO, Facts.stamp(at, "again"), environment, held.value(), random.nextBoolean());
    }

    /// One tenant, all of whose environments are decided after each event, in the order of their ids.
    private static final class DecidedTenant {
        private final Decider decider;
        private final Map<EnvironmentId, EnvironmentState> states = new TreeMap<>();
        private final Map<EnvironmentId, Reports> reports = new HashMap<>();
        private final Map<KeyId, KeyFacts> keys = new HashMap<>();
        private int limit = 25;
        private Instant timeReached = Instant.MIN;

        DecidedTenant(RuleProfile profile) {
            decider = new Decider(profile);
        }

        EnvironmentFacts facts(EnvironmentId environment) {
            return state(environment).facts();
        }

        private EnvironmentState state(EnvironmentId environment) {
            return states.getOrDefault(environment, EnvironmentState.NONE);
        }

        /// Whether the event keeps the state of its environment. If so, asserts that the rules do too.
        boolean keeps(Event.OfEnvironment event) {
            EnvironmentState before = state(event.environmentId());
            EnvironmentFacts facts = before.facts().with(event);
            boolean kept = before.isKeptBy(facts);
            if (kept) {
                DecisionResult decided = decide(event.environmentId(), facts, event.occurredAt());
                assertThat(decided.publications()).isEmpty();
                assertThat(decided.after()).isEqualTo(before.with(facts));
            }
            return kept;
        }

        void keep(Event.OfEnvironment event) {
            EnvironmentId environment = event.environmentId();
            EnvironmentState before = state(environment);
            EnvironmentFacts facts = before.facts().with(event);
            states.put(environment, before.with(facts));
            reports.put(environment, reports(environment).with(event, facts));
        }

        void accept(Event event) {
            switch (event) {
                case Event.OfEnvironment e -> keep(e);
                case Event.OfKey e -> keys.merge(e.key(), KeyFacts.NONE.with(e), (held, _) -> held.with(e));
                case Event.TenantLimitChanged e -> limit = e.environmentLimit();
                case Event.TimeReached e -> timeReached = e.dueAt().isAfter(timeReached) ? e.dueAt() : timeReached;
                case Event.TenantErased _ -> throw new IllegalArgumentException(event.type());
            }
            states.replaceAll((environment, state) ->
                    decide(environment, state.facts(), event.occurredAt()).after());
        }

        private DecisionResult decide(EnvironmentId environment, EnvironmentFacts facts, Instant at) {
            return decider.decide(
                    Facts.CONTOSO,
                    environment,
                    new Decider.Input(
                            state(environment),
                            facts,
                            reports(environment),
                            keys,
                            timeReached,
                            Optional.empty(),
                            this::slotFree),
                    new Cause("EnvironmentChanged", "again", at, "test", 0, 0));
        }

        private Reports reports(EnvironmentId environment) {
            return reports.getOrDefault(environment, Reports.NONE);
        }

        private boolean slotFree() {
            return states.values().stream().filter(state -> state.slot().held()).count() < limit;
        }
    }
}
