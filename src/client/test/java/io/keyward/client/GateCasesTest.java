package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.client.GateState.EnvironmentSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The table of cases that the gate in JavaScript runs, too: what may pass, and what has to be taken back.
class GateCasesTest {
    @TestFactory
    List<DynamicTest> cases() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Files.readString(Path.of("src/client/cases/gate.json")));
        assertThat(cases).hasSizeGreaterThan(30);
        List<DynamicTest> tests = new ArrayList<>();
        cases.forEach(one ->
                tests.add(DynamicTest.dynamicTest(one.get("name").textValue(), () -> new Run().all(one.get("steps")))));
        return tests;
    }

    private static final class Run {
        private final GateState state = new GateState();
        private final List<Retraction> told = new ArrayList<>();

        void all(JsonNode steps) {
            steps.forEach(step -> step(step.fieldNames().next(), step));
        }

        private void step(String kind, JsonNode step) {
            JsonNode about = step.get(kind);
            switch (kind) {
                case "begins" -> state.begins();
                case "failed" -> state.failed("a failure");
                case "asks" -> state.asks(time(step, "at").orElseThrow());
                case "reachedEnds" -> {
                    if (state.reachedEnds()) {
                        state.tellAll(told::add);
                    }
                }
                case "progress" -> told.addAll(progress(about, step));
                case "decision" ->
                    told.addAll(state.decision(text(about, "tenant"), text(about, "environment"), stands(about)));
                case "signal" -> told.addAll(signal(about));
                case "erasure" ->
                    told.addAll(state.erasure(
                            Erasures.sha256(text(about, "tenant")),
                            time(about, "requestedAt").orElse(Erasures.UNKNOWN)));
                case "check" ->
                    assertThat(answer(about, step)).as("at %s", step).isEqualTo(expected(step.get("answer")));
                case "retractions" -> {
                    assertThat(told).as("at %s", step).isEqualTo(retractions(about));
                    told.clear();
                }
                default -> throw new IllegalArgumentException(kind);
            }
        }

        private List<Retraction> progress(JsonNode said, JsonNode step) {
            int partition = said.get("partition").intValue();
            return stands(said)
                    ? state.progress(
                            new DecidedUpTo.PartitionProgress(
                                    partition,
                                    said.get("partitions").intValue(),
                                    time(said, "decidedUpTo").orElseThrow(),
                                    time(step, "appended")
                                            .or(() -> time(step, "at"))
                                            .orElseThrow()),
                            time(step, "at").orElseThrow())
                    : state.progressRemoved(partition);
        }

        private List<Retraction> signal(JsonNode signal) {
            EnvironmentSink sink = sink(signal);
            if (signal.has("removed")) {
                return state.signalRemoved(sink);
            }
            if (signal.has("unreadable")) {
                return state.signalUnreadable(sink);
            }
            List<Interval> gaps = new ArrayList<>();
            signal.get("gaps").forEach(gap -> gaps.add(interval(gap)));
            boolean allows = text(signal, "action").equals("ALLOW");
            return state.signal(
                    sink, new SinkSignal(time(signal, "effectiveFrom").filter(_ -> !allows), gaps, true));
        }

        /// As in the table, without what only explains it.
        private String answer(JsonNode about, JsonNode step) {
            try {
                return switch (state.check(sink(about), eventTime(about, step))) {
                    case GateAnswer.Wait waits -> waits.reason().toString();
                    case GateAnswer other -> other.toString();
                };
            } catch (IllegalArgumentException _) {
                return "REFUSED";
            }
        }
    }

    /// As the gate checks it, by the clock of the reader.
    private static Instant eventTime(JsonNode about, JsonNode step) {
        Instant now = time(step, "at").orElseGet(Instant::now);
        return EventTime.require(time(about, "eventTime").orElseThrow(), () -> now);
    }

    private static String expected(JsonNode answer) {
        String kind = text(answer, "kind");
        return switch (kind) {
            case "PASS" -> new GateAnswer.Pass().toString();
            case "SUPPRESSED" -> new GateAnswer.Suppressed(time(answer, "since").orElseThrow()).toString();
            case "GAP" ->
                new GateAnswer.Gap(time(answer, "from"), time(answer, "until").orElseThrow()).toString();
            case "WAIT" -> text(answer, "reason");
            case "REFUSED" -> kind;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<Retraction> retractions(JsonNode told) {
        List<Retraction> retractions = new ArrayList<>();
        told.forEach(one -> retractions.add(new Retraction(
                text(one, "tenant"),
                Optional.ofNullable(text(one, "environment")),
                Optional.ofNullable(text(one, "sink")),
                interval(one))));
        return retractions;
    }

    private static EnvironmentSink sink(JsonNode about) {
        return new EnvironmentSink(text(about, "tenant"), text(about, "environment"), text(about, "sink"));
    }

    private static boolean stands(JsonNode record) {
        return !record.has("removed") && !record.has("unreadable");
    }

    private static Interval interval(JsonNode interval) {
        return new Interval(time(interval, "from"), time(interval, "until"));
    }

    private static Optional<Instant> time(JsonNode object, String field) {
        return Optional.ofNullable(text(object, field)).map(Instant::parse);
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).textValue();
    }
}
