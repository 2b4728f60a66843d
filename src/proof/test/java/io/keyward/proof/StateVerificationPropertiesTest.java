package io.keyward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// After any history, what the processor has written holds, and after any single tampering it does not.
class StateVerificationPropertiesTest {
    private static final int TRIES = 200;

    /// Histories at any time of a day: the bytes of times are parts of keys.
    @Provide
    Arbitrary<List<Event>> histories() {
        return Combinators.combine(
                        ReportHistories.of(EventHistories.ALL, 40),
                        Arbitraries.integers().between(0, 86_399_999))
                .as((events, millis) -> events.stream()
                        .map(event -> Facts.later(Duration.ofMillis(millis), event))
                        .toList());
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(
                Profiles.SEED,
                Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT),
                Profiles.MIGRATE.with(RuleProfile.Evidence.REQUIRE));
    }

    @Property(tries = TRIES)
    void afterAnyHistoryEverythingHolds(
            @ForAll("histories") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        try (VerifiedHarness harness = VerifiedHarness.start(profile)) {
            harness.given(events.toArray(Event[]::new));
            assertThat(harness.verify(harness.log())).satisfies(StateVerificationPropertiesTest::holds);
        }
    }

    /// Timers fire meanwhile, some of them before anything is due.
    @Property(tries = TRIES)
    void whileTimeGoesOnEverythingHolds(
            @ForAll("histories") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        try (VerifiedHarness harness = VerifiedHarness.start(profile)) {
            for (int step = 0; step < events.size(); step++) {
                harness.given(events.get(step));
                harness.topology().clockSays(Facts.day(step));
            }
            assertThat(harness.verify(harness.log())).satisfies(StateVerificationPropertiesTest::holds);
        }
    }

    private static void holds(Report report) {
        assertThat(report.findings()).isEmpty();
        assertThat(report.unverifiable()).isEmpty();
    }

    /// While fan-outs are interrupted, what they have not decided is left open; after them, all holds.
    @Property(tries = TRIES)
    void anInterruptedSweepIsNoFinding(
            @ForAll("histories") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        try (VerifiedHarness harness = VerifiedHarness.start(profile, 1)) {
            InMemoryLog log = harness.given(events.toArray(Event[]::new)).log();
            assertThat(harness.verify(log).findings()).isEmpty();
            harness.finishFanOuts();
            log.addAllOf(harness.topology());
            assertThat(harness.verify(log.fromTheBeginning())).satisfies(StateVerificationPropertiesTest::holds);
        }
    }

    @Property(tries = 2 * TRIES)
    void afterAnySingleTamperingItDoesNot(
            @ForAll("histories") List<Event> events,
            @ForAll("profiles") RuleProfile profile,
            @ForAll Tampering.Kind kind,
            @ForAll long seed) {
        try (VerifiedHarness harness = VerifiedHarness.start(profile)) {
            InMemoryLog log = harness.given(events.toArray(Event[]::new)).log();
            Assume.that(new Tampering(harness.topology(), log, new Random(seed)).apply(kind));
            assertThat(harness.verify(log).holds()).isFalse();
        }
    }
}
