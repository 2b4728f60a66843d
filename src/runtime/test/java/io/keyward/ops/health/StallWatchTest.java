package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final Map<String, Long> polledAt = new HashMap<>(Map.of("one", 0L, "two", 0L));
    private long now;
    private boolean kafkaAnswers = true;
    private int questions;
    private final StallWatch watch = new StallWatch(this::sinceTheirPoll, this::query, LIMIT, () -> now);
    private final HealthSource health = health();

    @Test
    void aThreadThatIsQuietForLongerThanTheLimitWhileKafkaAnswersHangs() {
        passes(Duration.ofMinutes(17), "two");
        assertThat(health.liveness().reasons()).singleElement().asString().contains("Stream thread one hangs", "PT15M");
        assertThat(health.readiness().ok()).isFalse();
    }

    @Test
    void eachThreadThatHangsIsNamed() {
        passes(Duration.ofMinutes(17));
        assertThat(health.liveness().reasons()).hasSize(2);
    }

    @Test
    void aThreadThatGoesOnIsWellAtOnceBeforeTheNextPoll() {
        passes(Duration.ofMinutes(17), "two");
        polledAt.put("one", now);
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void withinTheLimitNothingIsReported() {
        passes(Duration.ofMinutes(15), "two");
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void whileNoThreadIsQuietKafkaIsNotQueried() {
        passes(Duration.ofHours(1), "one", "two");
        assertThat(questions).isZero();
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void aKafkaThatDoesNotAnswerIsNoReasonForARestartHoweverLong() {
        kafkaAnswers = false;
        passes(Duration.ofHours(5));
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void onceKafkaAnswersAgainAThreadHasTheWholeLimitToGoOn() {
        kafkaAnswers = false;
        passes(Duration.ofHours(5));
        kafkaAnswers = true;
        passes(Duration.ofMinutes(15));
        assertThat(health.liveness().ok()).isTrue();
        passes(Duration.ofMinutes(2));
        assertThat(health.liveness().ok()).isFalse();
    }

    @Test
    void oneUnansweredRequestRestartsTheLimit() {
        passes(Duration.ofMinutes(10));
        kafkaAnswers = false;
        passes(Duration.ofMinutes(1));
        kafkaAnswers = true;
        passes(Duration.ofMinutes(10));
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void aMachineThatStoodStillIsNotTakenForAThreadThatHangs() {
        passes(Duration.ofMinutes(1), "one", "two");
        now += Duration.ofHours(3).toNanos();
        watch.poll();
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void aThreadThatHasNotPolledYetDoesNotHang() {
        polledAt.clear();
        passes(Duration.ofHours(1));
        assertThat(health.liveness().ok()).isTrue();
    }

    @Test
    void otherProblemsAreReportedToo() {
        passes(Duration.ofMinutes(17), "two");
        HealthSource both = health(new StreamsHealth.ReadinessCheck("Registry", () -> Optional.of("it is away.")));
        assertThat(both.readiness().reasons()).hasSize(2).first().isEqualTo("Registry: it is away.");
    }

    private HealthSource health(StreamsHealth.ReadinessCheck... checks) {
        return new StreamsHealth(() -> State.RUNNING, () -> 2, new RestoreProgress(), List.of(checks), watch::problems);
    }

    /// Advances the time, with a check after each step. The threads in `polling` poll in each step.
    private void passes(Duration time, String... polling) {
        Duration step = Duration.ofSeconds(30);
        for (long steps = time.dividedBy(step); steps > 0; steps--) {
            now += step.toNanos();
            for (String thread : polling) {
                polledAt.put(thread, now);
            }
            watch.poll();
        }
    }

    private Map<String, Duration> sinceTheirPoll() {
        Map<String, Duration> since = new HashMap<>();
        polledAt.forEach((thread, at) -> since.put(thread, Duration.ofNanos(now - at)));
        return since;
    }

    private boolean query() {
        questions++;
        return kafkaAnswers;
    }
}
