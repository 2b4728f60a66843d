package io.keyward.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/// What the topic of generations says last: which generation of an application there is, and whether its state is
/// complete. An application without the topic is in generation 1.
///
/// @param number from 2
/// @param partitions the count that all inputs have in this generation
/// @param from the count that they had before
/// @param startedAt when the move began
public record Generation(int number, int partitions, State state, int from, Instant startedAt) {
    /// Whether the state of a generation is complete.
    public enum State {
        /// Rows are being moved: neither this generation nor the one before it may run.
        MOVING,
        /// This generation runs, and those before it must not run any more.
        DONE
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    public Generation {
        if (number < 2 || partitions <= from || from < 1) {
            throw new IllegalArgumentException(
                    "A generation cannot be: number %d, from %d to %d partitions.".formatted(number, from, partitions));
        }
    }

    /// The id under which Kafka Streams runs this generation of an application: its group, its changelogs, its state
    /// folder and its clients are named after it.
    ///
    /// @param configured the configured application id
    /// @param number from 1
    public static String applicationId(String configured, int number) {
        return number == 1 ? configured : configured + "-g" + number;
    }

    /// The topic with the generations of an application.
    ///
    /// @param configured the configured application id
    public static String topic(String configured) {
        return configured + "-generations";
    }

    /// The generation that holds the complete state: during a move, the one before it.
    public int complete() {
        return state == State.DONE ? number : number - 1;
    }

    /// Whether its rows are still being moved.
    public boolean isMoving() {
        return state == State.MOVING;
    }

    /// The same after the move.
    public Generation done() {
        return new Generation(number, partitions, State.DONE, from, startedAt);
    }

    /// As it is stored in its topic.
    public byte[] toJson() {
        ObjectNode json = JSON.createObjectNode()
                .put("generation", number)
                .put("partitions", partitions)
                .put("state", state.name())
                .put("from", from)
                .put("startedAt", startedAt.toString());
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The generation that [#toJson()] wrote.
    ///
    /// @throws IllegalArgumentException if the bytes are no generation that this release knows
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
            throw new IllegalArgumentException("This release knows no generation such as " + text, unknown);
        }
    }
}
