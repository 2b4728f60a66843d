package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Time passes only where it is said.
class KafkaHealthTest {
    private long nanos = -1_000_000;
    private final KafkaHealth kafka = new KafkaHealth("kafka:9092", () -> nanos);

    @Test
    void atTheStartTheClusterHasJustAnswered() {
        assertThat(kafka.age()).isZero();
        assertThat(kafka.problem()).isEmpty();
    }

    @Test
    void aFewQuestionsWithoutAnAnswerAreNoProblemYet() {
        pass(KafkaHealth.LIMIT);
        kafka.failed("the last question waited for 10 s");
        assertThat(kafka.age()).isEqualTo(KafkaHealth.LIMIT);
        assertThat(kafka.problem()).isEmpty();
    }

    @Test
    void thenTheProblemNamesTheBrokersTheTimeAndTheReason() {
        kafka.failed("the last question waited for 10 s");
        pass(Duration.ofMinutes(4));
        assertThat(kafka.problem())
                .contains("no broker at kafka:9092 has answered for 240 s (the last question waited for 10 s).");
    }

    @Test
    void aQuestionThatNeverReturnsIsAProblemAsWell() {
        pass(Duration.ofSeconds(21));
        assertThat(kafka.problem()).contains("no broker at kafka:9092 has answered for 21 s (it has not been asked).");
    }

    @Test
    void anAnswerEndsTheProblem() {
        pass(Duration.ofMinutes(4));
        kafka.failed("gone");
        kafka.answered();
        assertThat(kafka.problem()).isEmpty();
        assertThat(kafka.age()).isZero();
        pass(Duration.ofSeconds(5));
        assertThat(kafka.age()).isEqualTo(Duration.ofSeconds(5));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
