package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.keyward.event.EnvironmentChanged;
import io.keyward.event.FlowInventory;
import io.keyward.event.KeyRotated;
import io.keyward.event.PolicyRemoved;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers may pass by mistake: no public method takes it for something else. Nothing is connected here, so
/// that what is refused is refused at once.
class ArgumentsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final String SINK = "TENANT_REPORTING";
    private static final Settings NOWHERE = Settings.of("127.0.0.1:1", "http://127.0.0.1:1");
    private static final Interval ALWAYS = new Interval(Optional.empty(), Optional.empty());
    private static final Retraction RETRACTION = new Retraction("t", Optional.empty(), Optional.empty(), ALWAYS);

    private static SuppressionGate gate;
    private static EventPublisher publisher;

    @BeforeAll
    static void open() {
        gate = SuppressionGate.open(NOWHERE, retraction -> fail("%s", retraction));
        publisher = EventPublisher.connect(NOWHERE.withKafka("max.block.ms", 1));
    }

    @AfterAll
    static void close() {
        gate.close();
        publisher.close();
    }

    /// Times that no event can have, as [Instant]s: of seconds, microseconds and nanoseconds in the place of
    /// milliseconds, of milliseconds in the place of seconds, and beyond.
    private static Instant[] noTimes() {
        return new Instant[] {
            null,
            Instant.MIN,
            Instant.MAX,
            Instant.EPOCH,
            Instant.EPOCH.minusNanos(1),
            EARLIEST.minusNanos(1),
            Instant.ofEpochMilli(NOON.getEpochSecond()),
            Instant.ofEpochMilli(NOON.toEpochMilli() * 1_000),
            Instant.ofEpochMilli(NOON.toEpochMilli() * 1_000_000),
            Instant.ofEpochMilli(Long.MAX_VALUE),
            Instant.ofEpochMilli(Long.MIN_VALUE),
            Instant.ofEpochSecond(NOON.toEpochMilli()),
        };
    }

    private static Instant[] ahead() {
        return new Instant[] {Instant.now().plus(DAY).plusSeconds(60), Instant.parse("9999-12-31T23:59:59Z")};
    }

    @Test
    void noPublicMethodTakesATimeThatNoEventCanHave() {
        for (Instant[] times : new Instant[][] {noTimes(), ahead()}) {
            for (Instant time : times) {
                assertRefused(time, () -> gate.check("t", "e", SINK, time));
                assertRefused(time, () -> gate.deliver("t", "e", SINK, time, () -> fail("delivered")));
                assertRefused(time, () -> RETRACTION.concerns("t", "e", SINK, time));
                assertRefused(time, () -> ALWAYS.holds(time));
            }
        }
        for (Instant time :
                new Instant[] {EARLIEST, NOON, Instant.now().plus(DAY).minusSeconds(60)}) {
            assertThat(gate.check("t", "e", SINK, time)).isInstanceOf(GateAnswer.Wait.class);
            assertThat(RETRACTION.concerns("t", "e", SINK, time)).isTrue();
            assertThat(ALWAYS.holds(time)).isTrue();
        }
    }

    @Test
    void noEventIsPublishedWithSuchATimeAndWhatItExpectsMayLieAhead() {
        for (Instant time : noTimes()) {
            if (time != null) {
                assertRefused(time, () -> publish(removed(time)));
                assertRefused(time, () -> publish(rotated(time)));
                assertRefused(time, () -> publish(changed(time)));
            }
        }
        for (Instant time : ahead()) {
            assertRefused(time, () -> publish(removed(time)));
            assertThat(publisher.publish(rotated(time))).isCompletedExceptionally();
            assertThat(publisher.publish(changed(time))).isCompletedExceptionally();
        }
        assertThatThrownBy(() -> publisher.publish(changed(Instant.EPOCH)))
                .hasMessageStartingWith("cloudFlows.oldestCreatedAt: 1970-01-01T00:00:00Z is not a valid time");
        assertThat(publisher.publish(removed(null))).isCompletedExceptionally();
    }

    @ParameterizedTest
    @CsvSource({"1970-01-21T18:52:52.009Z, true", "1970-01-01T00:00:00Z, false", "2014-12-31T23:59:59Z, false"})
    void aTimeThatLooksLikeSecondsIsSaidTo(Instant time, boolean seconds) {
        assertThatThrownBy(() -> gate.check("t", "e", SINK, time))
                .hasMessageStartingWith(
                        "eventTime: %s is not a valid time; must be between 2015-01-01T00:00:00Z and ", time)
                .matches(failure -> failure.getMessage().contains("looks like seconds") == seconds);
    }

    @Test
    void namesAreNeverNull() {
        for (String[] names : new String[][] {{null, "e", SINK}, {"t", null, SINK}, {"t", "e", null}}) {
            assertThatThrownBy(() -> gate.check(names[0], names[1], names[2], NOON))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> gate.deliver(names[0], names[1], names[2], NOON, () -> fail("delivered")))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> RETRACTION.concerns(names[0], names[1], names[2], NOON))
                    .isInstanceOf(NullPointerException.class);
        }
        assertThatThrownBy(() -> gate.deliver("t", "e", SINK, NOON, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> publisher.publish(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> publisher.outcome(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> WarningFeed.open(NOWHERE, null)).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant_reporting", "TENANT_REPORTNG", "", " ", "TENANT_REPORTING "})
    void nothingPassesToASinkThatNobodyKnows(String sink) {
        GateState state = new GateState();
        state.asks(NOON);
        state.reachedEnds();
        assertThatThrownBy(() -> state.check(new GateState.EnvironmentSink("t", "e", sink), NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(Instant time, Callable<?> call) {
        assertThatThrownBy(call::call)
                .as("%s", time)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" is not a valid time; must be between 2015-01-01T00:00:00Z and ");
    }

    private static boolean publish(SpecificRecord event) {
        return publisher.publish(event).isDone();
    }

    private static SpecificRecord removed(Instant occurredAt) {
        PolicyRemoved event = new PolicyRemoved("1", "t", NOON, "", "e", "p");
        event.put("occurredAt", occurredAt);
        return event;
    }

    private static SpecificRecord rotated(Instant expiresAt) {
        return KeyRotated.newBuilder()
                .setEventId("1")
                .setTenantId("t")
                .setOccurredAt(NOON)
                .setVaultUri("https://v.example")
                .setKeyName("k")
                .setNewVersion("1")
                .setExpiresAt(expiresAt)
                .build();
    }

    private static SpecificRecord changed(Instant oldest) {
        EnvironmentChanged event = new EnvironmentChanged();
        event.put("tenantId", "t");
        event.put("occurredAt", NOON);
        event.put(
                "cloudFlows",
                FlowInventory.newBuilder()
                        .setCount(1)
                        .setOldestCreatedAt(oldest)
                        .build());
        return event;
    }
}
