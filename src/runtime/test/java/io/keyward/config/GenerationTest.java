package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The last entry in the generation topic.
class GenerationTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Generation MOVING = new Generation(3, 24, Generation.State.MOVING, 12, START);
    private static final String JSON =
            "{\"generation\":3,\"partitions\":24,\"state\":\"MOVING\",\"from\":12,\"startedAt\":\"2026-03-01T10:00:00Z\"}";

    @Test
    void duringAMoveTheGenerationBeforeItIsComplete() {
        assertThat(MOVING.isMoving()).isTrue();
        assertThat(MOVING.complete()).isEqualTo(2);
        assertThat(MOVING.done()).isEqualTo(new Generation(3, 24, Generation.State.DONE, 12, START));
        assertThat(MOVING.done().isMoving()).isFalse();
        assertThat(MOVING.done().complete()).isEqualTo(3);
    }

    @Test
    void itsTextIsReadAsItWasWritten() {
        assertThat(MOVING.toJson()).asString().isEqualTo(JSON);
        assertThat(read(JSON)).isEqualTo(MOVING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"generation\":3", "{}"})
    void whatIsNoGenerationIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"MOVING, LATER", "2026-03-01T10:00:00Z, yesterday", "startedAt, began", "generation, number"})
    void whatThisReleaseDoesNotKnowIsRefused(String known, String unknown) {
        assertThatThrownBy(() -> read(JSON.replace(known, unknown))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 24, 12", "2, 12, 12", "2, 11, 12", "2, 24, 0"})
    void aGenerationThatCannotBeIsRefused(int number, int partitions, int from) {
        assertThatThrownBy(() -> new Generation(number, partitions, Generation.State.DONE, from, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Invalid generation: number %d, from %d to %d partitions.".formatted(number, from, partitions));
    }

    @Test
    void theSmallestMoveIsOneFromOneToTwoPartitions() {
        assertThat(new Generation(2, 2, Generation.State.DONE, 1, START).complete())
                .isEqualTo(2);
    }

    @Test
    void theNamesOfAGenerationBeginWithTheConfiguredId() {
        assertThat(Generation.applicationId("keyward", 1)).isEqualTo("keyward");
        assertThat(Generation.applicationId("keyward", 2)).isEqualTo("keyward-g2");
        assertThat(Generation.topic("keyward")).isEqualTo("keyward-generations");
    }

    private static Generation read(String json) {
        return Generation.fromJson(json.getBytes(StandardCharsets.UTF_8));
    }
}
