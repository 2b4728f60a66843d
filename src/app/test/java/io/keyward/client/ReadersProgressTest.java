package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// R33: up to when a tenant is decided for a reader.
class ReadersProgressTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final DecidedUpTo decided = new DecidedUpTo();

    /// As the instances of a large fleet do, which ask for the ends of their inputs at different times.
    @Test
    void manyPartitionsThatAreBehindAndSayItAtDifferentTimesAreKnown() {
        Duration behind = Duration.ofSeconds(30);
        for (int said = 0; said < 2000; said++) {
            Instant now = START.plusMillis(50L * said);
            decided.read(said % 100, 100, now.minus(behind), now);
        }

        assertThat(known()).isAfter(START.plusSeconds(100).minus(behind.multipliedBy(3)));
    }

    @Test
    void aClockOfTheReaderThatWasAheadDoesNoHarmOnceItIsRight() {
        Duration ahead = Duration.ofHours(1);
        for (int second = 0; second < 10; second++) {
            decided.read(0, 1, START.plusSeconds(second), START.plus(ahead).plusSeconds(second));
        }
        assertThat(known()).isEqualTo(Instant.EPOCH);

        for (int second = 10; second < 20; second++) {
            decided.read(0, 1, START.plusSeconds(second), START.plusSeconds(second));
        }

        assertThat(known()).isAfter(START.plusSeconds(10));
    }

    /// For the tenants of the partition 0, when all outputs have been read.
    private Instant known() {
        decided.confirm(decided.claims());
        return decided.of(0).orElse(Instant.EPOCH);
    }
}
