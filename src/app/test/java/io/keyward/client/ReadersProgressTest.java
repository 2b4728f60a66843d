package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// R33: up to when a tenant is decided for a reader.
class ReadersProgressTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    /// As the instances of a large fleet do, which ask for the ends of their inputs at different times.
    @Test
    void manyPartitionsThatAreBehindAndSayItAtDifferentTimesAreKnown() {
        int partitions = 100;
        Duration behind = Duration.ofSeconds(30);
        DecidedUpTo decided = new DecidedUpTo();
        Instant now = START;
        for (int said = 0; said < 20 * partitions; said++) {
            now = now.plusMillis(50);
            decided.read(said % partitions, partitions, now.minus(behind), now);
        }
        decided.confirm(decided.claims());

        assertThat(decided.of(0).orElse(Instant.EPOCH)).isAfter(now.minus(behind.multipliedBy(3)));
    }
}
