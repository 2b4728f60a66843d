package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cluster.ClusterException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// Which partitions have caught up with their ends at assignment.
class CaughtUpTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private boolean answers = true;
    private final CaughtUp caughtUp = new CaughtUp(() -> read(ends), () -> read(positions));

    @Test
    void onlyWhatIsDecidedToItsEndIsReady() {
        at(ends, 0, 5);
        at(ends, 1, 5);
        at(positions, 0, 5);
        at(positions, 1, 4);
        assertThat(caughtUp.among(Set.of(0, 1), NOW)).containsExactly(0);
        at(positions, 1, 5);
        assertThat(caughtUp.among(Set.of(0, 1), NOW)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void everyInputOfAPartitionCounts() {
        ends.put(new TopicPartition("key-rotated", 0), 3L);
        ends.put(new TopicPartition("key-revoked", 0), 2L);
        positions.put(new TopicPartition("key-rotated", 0), 3L);
        assertThat(caughtUp.among(Set.of(0), NOW)).isEmpty();
    }

    @Test
    void whatComesLaterIsNotWaitedFor() {
        at(ends, 0, 5);
        at(positions, 0, 3);
        assertThat(caughtUp.among(Set.of(0), NOW)).isEmpty();
        at(ends, 0, 9);
        at(positions, 0, 5);
        assertThat(caughtUp.among(Set.of(0), NOW)).containsExactly(0);
    }

    @Test
    void aPartitionThatHasBeenAwayMustCatchUpAnew() {
        at(ends, 0, 5);
        at(positions, 0, 5);
        assertThat(caughtUp.among(Set.of(0), NOW)).containsExactly(0);
        assertThat(caughtUp.among(Set.of(), NOW)).isEmpty();
        at(ends, 0, 8);
        assertThat(caughtUp.among(Set.of(0), NOW)).isEmpty();
    }

    @Test
    void nobodyIsKeptFromWatchingForMoreThanTwoMinutes() {
        at(ends, 0, 5);
        assertThat(caughtUp.among(Set.of(0), NOW)).isEmpty();
        assertThat(caughtUp.among(Set.of(0), NOW.plus(Duration.ofMinutes(2)))).isEmpty();
        assertThat(caughtUp.among(Set.of(0), NOW.plus(Duration.ofSeconds(121)))).containsExactly(0);
    }

    @Test
    void aClusterThatDoesNotAnswerMakesNothingReadyAndTakesNothingAway() {
        at(ends, 0, 5);
        at(positions, 0, 5);
        assertThat(caughtUp.among(Set.of(0), NOW)).containsExactly(0);
        answers = false;
        assertThat(caughtUp.among(Set.of(0, 1), NOW)).containsExactly(0);
        answers = true;
        assertThat(caughtUp.among(Set.of(0, 1), NOW)).containsExactlyInAnyOrder(0, 1);
    }

    private Map<TopicPartition, Long> read(Map<TopicPartition, Long> offsets) {
        if (!answers) {
            throw new ClusterException("no answer", new IllegalStateException());
        }
        return Map.copyOf(offsets);
    }

    private static void at(Map<TopicPartition, Long> offsets, int partition, long offset) {
        offsets.put(new TopicPartition("key-revoked", partition), offset);
    }
}
