package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.DecidedUpTo.PartitionProgress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// R33: up to when a tenant is decided for a reader.
class ReadersProgressTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final DecidedUpTo decided = new DecidedUpTo();

    /// How far the reader's clock is ahead.
    private Duration ahead = Duration.ZERO;

    /// As the instances of a large fleet do, which ask for the ends of their inputs at different times.
    @Test
    void manyPartitionsThatAreBehindAndSayItAtDifferentTimesAreKnown() {
        Duration behind = Duration.ofSeconds(30);
        for (int said = 0; said < 2000; said++) {
            Instant now = START.plusMillis(50L * said);
            read(said % 100, 100, now.minus(behind), now);
            if (said % 20 == 0) {
                known(now);
            }
        }

        assertThat(known(START.plusSeconds(100))).isAfter(START.plusSeconds(100).minus(behind.multipliedBy(3)));
    }

    /// More moments are between what is said and now than the reader remembers.
    @Test
    void aPartitionThatIsFarBehindIsKnownWhenItSpeaksEverySecond() {
        Duration behind = Duration.ofMinutes(20);
        Instant end = START.plus(behind.multipliedBy(3));
        for (Instant now = START; now.isBefore(end); now = now.plusSeconds(1)) {
            read(0, 1, now.minus(behind), now);
            known(now);
        }

        assertThat(known(end)).isAfter(end.minus(behind.multipliedBy(2)).minusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(ints = {-7200, -120, -10, -1, 0, 1, 10, 120, 7200})
    void theReadersClockMayShowAnything(int seconds) {
        ahead = Duration.ofSeconds(seconds);
        for (int second = 0; second < 20; second++) {
            Instant now = START.plusSeconds(second);
            assertThat(known(now)).isBefore(now.minusSeconds(4));
            read(0, 1, now.minusSeconds(2), now.plusMillis(200));
        }

        assertThat(known(START.plusSeconds(20))).isAfter(START.plusSeconds(12));
    }

    @Test
    void howFarTheReadersClockIsAheadAtLeastIsKnownOnceTheEndsAreReached() {
        ahead = Duration.ofHours(1);
        read(0, 1, START, START);
        assertThat(decided.ahead()).isZero();
        known(START.plusSeconds(1));
        read(0, 1, START, START.plusSeconds(5));

        assertThat(decided.ahead()).isEqualTo(ahead.minusSeconds(4));
    }

    private void read(int partition, int partitions, Instant decidedUpTo, Instant now) {
        decided.read(new PartitionProgress(partition, partitions, decidedUpTo, now), now.plus(ahead));
    }

    /// For the tenants of the partition 0, when all outputs have been read.
    private Instant known(Instant now) {
        decided.confirm(decided.claims(now.plus(ahead)));
        return decided.of(0).orElse(Instant.EPOCH);
    }
}
