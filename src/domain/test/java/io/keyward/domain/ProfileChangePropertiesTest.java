package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// R15 when the rule profile changes: what a sink receives does not depend on how many events came before the
/// change.
class ProfileChangePropertiesTest {
    private static final int ORDERS = 4;
    private static final Instant CHANGED_AT = Facts.day(30);
    private static final List<String> BEFORE = List.of("APPLICATION_INSIGHTS", "DATA_LAKE_EXPORT");
    private static final List<String> AFTER = List.of("DATA_LAKE_EXPORT", "TENANT_REPORTING");

    @Provide
    Arbitrary<List<Event>> convergent() {
        return EventHistories.of(EventHistories.CONVERGENT, 24);
    }

    @Property(tries = 2_000)
    void signalsConverge(@ForAll("convergent") List<Event> events, @ForAll long seed) {
        Map<String, Signal> expected = new Processor(events, events.size()).signals();
        for (long order = 0; order < ORDERS; order++) {
            List<Event> disturbed = EventHistories.disturbed(events, seed + order);
            int before = new Random(seed + order).nextInt(disturbed.size() + 1);

            assertThat(new Processor(disturbed, before).signals())
                    .as("order %d, changed after %d events", order, before)
                    .isEqualTo(expected);
        }
    }

    /// One tenant's environments, decided by one profile and then by the other.
    private static final class Processor {
        private final Map<EnvironmentId, EnvironmentFacts> facts = new HashMap<>();
        private final Map<EnvironmentId, EnvironmentState> states = new TreeMap<>();
        private final Map<KeyId, KeyFacts> keys = new HashMap<>();
        private final Set<EnvironmentId> everNotEligible = new HashSet<>();
        private SinkPeriods sinks = SinkPeriods.always(BEFORE);
        private Instant time = Instant.MIN;

        /// @param before how many events come before the change
        Processor(List<Event> events, int before) {
            events.subList(0, before).forEach(this::accept);
            sinks = sinks.followedBy(AFTER, CHANGED_AT);
            decide(CHANGED_AT);
            events.subList(before, events.size()).forEach(this::accept);
        }

        private void accept(Event event) {
            switch (event) {
                case Event.OfEnvironment e -> {
                    facts.merge(e.environmentId(), EnvironmentFacts.NONE.with(e), (held, _) -> held.with(e));
                    if (e instanceof Event.EnvironmentChanged changed
                            && !changed.snapshot().eligible()) {
                        everNotEligible.add(e.environmentId());
                    }
                }
                case Event.OfKey e -> keys.merge(e.key(), KeyFacts.NONE.with(e), (held, _) -> held.with(e));
                case Event.TimeReached e -> time = e.dueAt().isAfter(time) ? e.dueAt() : time;
                case Event.TenantLimitChanged _, Event.TenantErased _ -> {}
            }
            decide(event.occurredAt());
        }

        private void decide(Instant at) {
            Decider decider = new Decider(Profiles.SEED, sinks);
            facts.forEach((environment, known) -> states.put(
                    environment,
                    decider.decide(
                                    Facts.CONTOSO,
                                    environment,
                                    new Decider.Input(
                                            states.getOrDefault(environment, EnvironmentState.NONE),
                                            known,
                                            Reports.NONE,
                                            keys,
                                            time,
                                            Optional.empty(),
                                            () -> true),
                                    new Cause("Test", "", at, "test", 0, 0))
                            .after()));
        }

        /// What sinks must know, without environments that were not eligible once: while the inventory of such a
        /// one is not known, its data is suppressed.
        Map<String, Signal> signals() {
            Map<String, Signal> signals = new TreeMap<>();
            states.forEach((environment, state) -> state.published().signals().forEach((sink, signal) -> {
                if (!everNotEligible.contains(environment) && !signal.isNothing()) {
                    signals.put(environment + "/" + sink, signal);
                    boolean gone = !AFTER.contains(sink);
                    assertThat(gone && signal.suppresses())
                            .as("%s receives a present suppression", sink)
                            .isFalse();
                    if (gone) {
                        assertThat(signal.gaps()).allMatch(gap -> isOfBefore(gap));
                    }
                }
            }));
            return signals;
        }

        private static boolean isOfBefore(TimeRange gap) {
            return !gap.until().isAfter(CHANGED_AT);
        }
    }
}
