package io.keyward.domain;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.key;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.testing.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// With more facts than the bounded sets hold, any order of arrival stores, evicts and decides the same, and no
/// revocation is lost.
class ManyFactsPropertiesTest {
    private static final int HISTORIES = 2_000;
    private static final int ORDERS = 4;
    private static final List<RevocationCause> CAUSES = List.of(RevocationCause.values());

    static LongStream seeds() {
        return LongStream.range(0, Tries.of(HISTORIES / 100));
    }

    /// A hundred histories per seed: a failure names the seed without a test for each history.
    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderEndsAlike(long seed) {
        Random random = new Random(seed);
        for (int history = 0; history < 100; history++) {
            List<Event> events = history(random);
            Verdict expected = verdict(events);
            for (int order = 0; order < ORDERS; order++) {
                List<Event> shuffled = new ArrayList<>(events);
                Collections.shuffle(shuffled, random);
                assertThat(verdict(shuffled))
                        .as("seed %d, history %d, order %d", seed, history, order)
                        .isEqualTo(expected);
            }
        }
    }

    /// A revocation of the whole key that nothing restores locks, however many facts of the key come after it.
    @ParameterizedTest
    @MethodSource("seeds")
    void noRevocationIsLost(long seed) {
        Random random = new Random(seed);
        for (int history = 0; history < 100; history++) {
            List<Event> events = new ArrayList<>(history(random));
            events.removeIf(event -> event instanceof Event.KeyRestored restored
                    && (restored.version().isEmpty() || restored.cause().isEmpty()));
            events.add(new Event.KeyRevoked(
                    Facts.CONTOSO,
                    new Stamp(day(2), new EventId("first")),
                    key("k1"),
                    Optional.empty(),
                    RevocationCause.ACCESS_REMOVED));
            Collections.shuffle(events, random);

            assertThat(verdict(events).decision().encryptionState())
                    .as("seed %d, history %d", seed, history)
                    .isEqualTo(EncryptionState.LOCKED);
        }
    }

    /// R17: a rotation later than a revocation does not end its lock.
    @ParameterizedTest
    @MethodSource("seeds")
    void noLaterRotationUnlocks(long seed) {
        Random random = new Random(seed);
        for (int history = 0; history < 1_000; history++) {
            List<Event> events = fewFacts(random);
            Event rotation = rotation(random, new Stamp(day(60), new EventId("later")));
            List<Event> more = new ArrayList<>(events);
            more.add(rotation);
            if (verdict(events).decision().encryptionState() == EncryptionState.LOCKED) {
                assertThat(verdict(more).decision().encryptionState())
                        .as("seed %d, history %d: %s, then %s", seed, history, events, rotation)
                        .isEqualTo(EncryptionState.LOCKED);
            }
        }
    }

    /// One environment whose policy may be changed or removed, and a few facts of its key. No version has
    /// expired, because a newer version ends such a lock (R23).
    private static List<Event> fewFacts(Random random) {
        List<Event> events = new ArrayList<>();
        events.add(Facts.snapshot(day(0), production()));
        events.add(Facts.applied(day(1), "p1", "k1"));
        switch (random.nextInt(3)) {
            case 0 -> events.add(Facts.applied(time(random), "p2", "k2"));
            case 1 -> events.add(Facts.removed(time(random), "p1"));
            default -> {}
        }
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            events.add(fact(random, new Stamp(time(random), new EventId("e" + i))));
        }
        events.removeIf(event -> event instanceof Event.KeyRevoked r && r.cause() == RevocationCause.KEY_EXPIRED);
        return events;
    }

    /// One environment on one key, and up to twice as many facts of the key as are remembered.
    private static List<Event> history(Random random) {
        List<Event> events = new ArrayList<>();
        events.add(Facts.snapshot(day(0), production()));
        events.add(Facts.applied(day(1), "p1", "k1"));
        int facts = random.nextInt(KeyFacts.CAPACITY / 2, 6 * KeyFacts.CAPACITY);
        for (int i = 0; i < facts; i++) {
            events.add(fact(random, new Stamp(time(random), new EventId("e" + random.nextInt(50)))));
        }
        return events;
    }

    private static Instant time(Random random) {
        return day(3).plus(Duration.ofHours(random.nextInt(40 * 24)));
    }

    private static Event fact(Random random, Stamp stamp) {
        KeyVersion version = new KeyVersion("v" + random.nextInt(4));
        Optional<KeyVersion> named = Optional.of(version).filter(_ -> random.nextInt(3) > 0);
        RevocationCause cause = CAUSES.get(random.nextInt(CAUSES.size()));
        return switch (random.nextInt(8)) {
            case 0, 1 -> rotation(random, stamp);
            case 2, 3, 4 -> new Event.KeyRevoked(Facts.CONTOSO, stamp, key("k1"), named, cause);
            case 5, 6 ->
                new Event.KeyRestored(
                        Facts.CONTOSO,
                        stamp,
                        key("k1"),
                        named,
                        Optional.of(cause).filter(_ -> random.nextInt(4) > 0));
            default -> new Event.KeyExpiring(Facts.CONTOSO, stamp, key("k1"), version, time(random));
        };
    }

    private static Event rotation(Random random, Stamp stamp) {
        return new Event.KeyRotated(
                Facts.CONTOSO,
                stamp,
                key("k1"),
                new KeyVersion("v" + random.nextInt(4)),
                Optional.of(new KeyVersion("v" + random.nextInt(4))).filter(_ -> random.nextBoolean()),
                Optional.empty());
    }

    private static Verdict verdict(List<Event> events) {
        EnvironmentFacts environment = EnvironmentFacts.NONE;
        KeyFacts facts = KeyFacts.NONE;
        for (Event event : events) {
            switch (event) {
                case Event.OfEnvironment e -> environment = environment.with(e);
                case Event.OfKey e -> facts = facts.with(e);
                case Event.TenantLimitChanged _, Event.TenantErased _, Event.TimeReached _ ->
                    throw new AssertionError(event);
            }
        }
        Map<KeyId, KeyFacts> keys = Map.of(key("k1"), facts);
        Slot slot = new Slot.Held(Optional.empty());
        return new Decider(Profiles.SEED)
                .situation(environment, Reports.NONE, keys, Instant.MIN, History.of(environment, keys), slot)
                .map(Rules::decide)
                .orElseThrow();
    }
}
