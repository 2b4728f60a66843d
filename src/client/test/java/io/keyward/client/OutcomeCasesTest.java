package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.decision.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The table of cases that the publisher in JavaScript runs, too: what has become of an event.
class OutcomeCasesTest {
    @TestFactory
    List<DynamicTest> cases() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Files.readString(Path.of("src/client/cases/outcome.json")));
        assertThat(cases).hasSizeGreaterThan(15);
        List<DynamicTest> tests = new ArrayList<>();
        cases.forEach(
                one -> tests.add(DynamicTest.dynamicTest(one.get("name").textValue(), () -> run(one.get("steps")))));
        return tests;
    }

    @Test
    void afterALongBacklogTheNewestPositionCounts() {
        OutcomeState state = new OutcomeState(new TopicNames(Settings.PREFIX));
        String others = ",0".repeat(Topic.readByTheProcessor().size() - 1);
        for (int second = 1; second <= 1_000; second++) {
            Instant decidedUpTo = second < 1_000 ? Instant.EPOCH : Instant.ofEpochSecond(second);
            state.progress(
                    new Progress(0, 1, decidedUpTo, "0:" + second + others, "keyward"), Instant.ofEpochSecond(second));
        }
        state.asks();
        state.reachedEnds();
        assertThat(state.outcome(new Coordinates("cmk.policy-applied", 0, 998), 0))
                .isEqualTo(new Outcome.Decided());
        assertThat(state.outcome(new Coordinates("cmk.policy-applied", 0, 999), 0))
                .isEqualTo(new Outcome.Pending());
    }

    private static void run(JsonNode steps) {
        OutcomeState state = new OutcomeState(new TopicNames(Settings.PREFIX));
        for (JsonNode step : steps) {
            String kind = step.fieldNames().next();
            JsonNode about = step.get(kind);
            switch (kind) {
                case "progress" -> progress(state, about, step.path("written"));
                case "refused" -> state.refused(coordinates(about), refusal(about));
                case "asks" -> state.asks();
                case "reachedEnds" -> state.reachedEnds();
                case "begins", "failed" -> state.begins();
                case "outcome" ->
                    assertThat(outcome(state, about, at(step)))
                            .as("at %s", step)
                            .isEqualTo(expected(step.get("is")));
                case "due" -> assertThat(state.due(at(step))).as("at %s", step).isEqualTo(strings(about));
                case "ends" -> state.ends(about.get("topic").textValue(), offsets(about), millis(step.get("sent")));
                default -> throw new IllegalArgumentException(kind);
            }
        }
    }

    private static void progress(OutcomeState state, JsonNode said, JsonNode written) {
        int partition = said.get("partition").intValue();
        if (said.path("removed").booleanValue()) {
            state.removed(partition);
            return;
        }
        state.progress(
                new Progress(
                        partition,
                        said.get("partitions").intValue(),
                        Instant.parse(said.get("decidedUpTo").textValue()),
                        said.get("positions").textValue(),
                        "keyward"),
                Instant.parse(written.textValue()));
    }

    private static long at(JsonNode step) {
        return step.has("at") ? millis(step.get("at")) : 0;
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.textValue()).toEpochMilli();
    }

    private static List<String> strings(JsonNode texts) {
        List<String> strings = new ArrayList<>();
        texts.forEach(text -> strings.add(text.textValue()));
        return strings;
    }

    private static Map<Integer, Long> offsets(JsonNode ends) {
        Map<Integer, Long> offsets = new HashMap<>();
        ends.get("offsets").forEach(end -> offsets.put(offsets.size(), end.longValue()));
        return offsets;
    }

    private static String outcome(OutcomeState state, JsonNode coordinates, long now) {
        try {
            return state.outcome(coordinates(coordinates), now).toString();
        } catch (IllegalArgumentException invalid) {
            return "INVALID";
        }
    }

    private static String expected(JsonNode outcome) {
        String kind = outcome.get("kind").textValue();
        return switch (kind) {
            case "DECIDED" -> new Outcome.Decided().toString();
            case "PENDING" -> new Outcome.Pending().toString();
            case "REFUSED" -> refusal(outcome).toString();
            case "UNKNOWN" -> new Outcome.Unknown(outcome.get("why").textValue()).toString();
            case "INVALID" -> kind;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Coordinates coordinates(JsonNode coordinates) {
        return new Coordinates(
                coordinates.get("topic").textValue(),
                coordinates.get("partition").intValue(),
                coordinates.get("offset").longValue());
    }

    private static Outcome.Refused refusal(JsonNode refused) {
        return new Outcome.Refused(
                refused.get("code").textValue(), refused.get("detail").textValue());
    }
}
