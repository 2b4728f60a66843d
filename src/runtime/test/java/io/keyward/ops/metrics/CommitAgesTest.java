package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.ops.health.KafkaHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/// The tests set the time and the counts of commits and records.
class CommitAgesTest {
    private static final String FIRST = "keyward-StreamThread-1";
    private static final String SECOND = "keyward-StreamThread-2";

    private final Map<MetricName, Metric> kafka = new HashMap<>();
    private long nanos = -1_000_000;
    private final CommitAges commits = new CommitAges(() -> kafka, () -> nanos);

    @Test
    void anInstanceThatHasNotStartedHasNothingToCommit() {
        assertThat(afterAMinute()).isZero();
    }

    @Test
    void anIdleInstanceHasNothingToCommitHoweverLongAgoTheLastOneIs() {
        given(FIRST, 7, 100);
        assertThat(afterAMinute()).isZero();
        assertThat(afterAMinute()).isZero();
    }

    @Test
    void aBusyThreadThatCommitsHasNothingThatWaits() {
        for (int minute = 1; minute <= 3; minute++) {
            given(FIRST, 600 * minute, 1_000 * minute);
            assertThat(afterAMinute()).isZero();
        }
    }

    @Test
    void recordsWithoutACommitWaitFromTheFirstPollThatSawThem() {
        given(FIRST, 7, 100);
        commits.poll();
        given(FIRST, 7, 101);
        assertThat(afterAMinute()).isZero();
        assertThat(afterAMinute()).isEqualTo(Duration.ofMinutes(1));
        given(FIRST, 7, 105);
        assertThat(afterAMinute()).isEqualTo(Duration.ofMinutes(2));
        given(FIRST, 8, 105);
        assertThat(afterAMinute()).isZero();
        assertThat(afterAMinute()).isZero();
    }

    @Test
    void aThreadThatCommitsDoesNotHideOneThatDoesNot() {
        given(FIRST, 7, 100);
        given(SECOND, 7, 100);
        commits.poll();
        given(FIRST, 8, 101);
        given(SECOND, 7, 101);
        assertThat(afterAMinute()).isZero();
        given(FIRST, 9, 102);
        assertThat(afterAMinute()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aThreadThatWasReplacedLeavesNothingBehind() {
        given(FIRST, 7, 100);
        commits.poll();
        given(FIRST, 7, 101);
        commits.poll();
        kafka.clear();
        given(SECOND, 0, 0);
        assertThat(afterAMinute()).isZero();
    }

    @Test
    void bothAgesAreGaugesInSeconds() {
        try (KeywardMetrics metrics =
                new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), System::nanoTime)) {
            metrics.watch(new KafkaHealth("kafka:9092", () -> nanos), commits);
            given(FIRST, 7, 100);
            commits.poll();
            given(FIRST, 7, 101);
            commits.poll();
            nanos += Duration.ofMillis(2_500).toNanos();
            assertThat(Scrape.of(metrics).samples())
                    .containsEntry("keyward_kafka_last_answer_age_seconds", 2.5)
                    .containsEntry("keyward_last_commit_age_seconds", 2.5);
        }
    }

    private Duration afterAMinute() {
        nanos += Duration.ofMinutes(1).toNanos();
        commits.poll();
        return commits.oldest();
    }

    private void given(String thread, double committed, double processed) {
        put(thread, "commit-total", committed);
        put(thread, "process-total", processed);
    }

    private void put(String thread, String name, double value) {
        MetricName metricName = new MetricName(name, "stream-thread-metrics", "", Map.of("thread-id", thread));
        kafka.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
