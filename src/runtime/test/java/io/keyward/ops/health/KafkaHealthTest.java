package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/// The tests set the time.
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
        assertThat(kafka.problem())
                .contains("no broker at kafka:9092 has answered for 21 s (no request has been sent yet).");
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

    @Test
    void theLogHasALineAtEachTurnAndACountOfWhatIsLeftOutOnceTheAftermathIsOver() {
        Lines log = new Lines();
        log.start();
        Logger logger = LoggerContext.getContext(false).getLogger(KafkaHealth.class.getName());
        logger.addAppender(log);
        try {
            pass(Duration.ofSeconds(30));
            kafka.failed("gone");
            kafka.leftOut();
            pass(Duration.ofSeconds(10));
            kafka.failed("gone");
            kafka.answered();
            kafka.leftOut();
            pass(KafkaHealth.AFTERMATH);
            kafka.answered();
            kafka.answered();
        } finally {
            logger.removeAppender(log);
        }
        assertThat(log.texts)
                .containsExactly(
                        "Kafka does not answer; events wait until it does: no broker at kafka:9092 has answered for 30 s (gone).",
                        "Kafka at kafka:9092 answers again, after 40 s",
                        "Not logged during the outage of Kafka and for 60 s after it: 2 warnings and errors of Kafka's clients about the outage");
    }

    private static final class Lines extends AbstractAppender {
        private final List<String> texts = new ArrayList<>();

        Lines() {
            super("lines", null, null, false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            texts.add(event.getMessage().getFormattedMessage());
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
