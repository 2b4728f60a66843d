package io.keyward.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/// The last entry in the generation topic: the current generation of an application, and whether its state is
/// complete. An application without the topic is in generation 1.
///
/// @param number from 2
/// @param partitions the partition count of all inputs in this generation
/// @param from the partition count before
/// @param startedAt when the move started
public record Generation(int number, int partitions, State state, int from, Instant startedAt) {
    /// Whether the state of a generation is complete.
    public enum State {
        /// Rows are being moved: neither this generation nor the one before it may run.
        MOVING,
        /// This generation runs; earlier ones must not run any more.
        DONE
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    public Generation {
        if (number < 2 || partitions <= from || from < 1) {
            throw new IllegalArgumentException(
                    "Invalid generation: number %d, from %d to %d partitions.".formatted(number, from, partitions));
        }
    }

    /// The application id with which Kafka Streams runs this generation: its consumer group, changelogs, state
    /// folder and clients are named after it.
    ///
    /// @param configured the configured application id
    /// @param number from 1
    public static String applicationId(String configured, int number) {
        return number == 1 ? configured : configured + "-g" + number;
    }

    /// The name of the topic that records the generations of an application.
    ///
    /// @param configured the configured application id
    public static String topic(String configured) {
        return configured + "-generations";
    }

    /// The generation that holds the complete state: during a move, the previous one.
    public int complete() {
        return state == State.DONE ? number : number - 1;
    }

    /// Whether its rows are still being moved.
    public boolean isMoving() {
        return state == State.MOVING;
    }

    /// This generation after the move.
    public Generation done() {
        return new Generation(number, partitions, State.DONE, from, startedAt);
    }

    /// The form in which the topic stores it.
    public byte[] toJson() {
        ObjectNode json = JSON.createObjectNode()
                .put("generation", number)
                .put("partitions", partitions)
                .put("state", state.name())
                .put("from", from)
                .put("startedAt", startedAt.toString());
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Parses what [#toJson()] wrote.
    ///
    /// @throws IllegalArgumentException if the bytes are not a generation that this release knows
    public static Generation fromJson(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            JsonNode json = JSON.readTree(text);
            return new Generation(
                    json.required("generation").intValue(),
                    json.required("partitions").intValue(),
                    State.valueOf(json.required("state").textValue()),
                    json.required("from").intValue(),
                    Instant.parse(json.required("startedAt").textValue()));
        } catch (JsonProcessingException | NullPointerException | DateTimeException unknown) {
            throw new IllegalArgumentException("Not a generation that this release knows: " + text, unknown);
        }
    }
}
