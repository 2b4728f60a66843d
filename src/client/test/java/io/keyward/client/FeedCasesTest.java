package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.decision.Warning;
import io.keyward.decision.WarningStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The table of cases that the feed in JavaScript runs, too: what records tell.
class FeedCasesTest {
    @TestFactory
    List<DynamicTest> cases() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Files.readString(Path.of("src/client/cases/feed.json")));
        assertThat(cases).hasSizeGreaterThan(15);
        List<DynamicTest> tests = new ArrayList<>();
        cases.forEach(
                one -> tests.add(DynamicTest.dynamicTest(one.get("name").textValue(), () -> run(one.get("steps")))));
        return tests;
    }

    private static void run(JsonNode steps) {
        FeedState state = new FeedState();
        List<String> told = new ArrayList<>();
        for (JsonNode step : steps) {
            if (step.has("warning")) {
                List<Notice> tells = read(state, step.get("warning"));
                if (!step.path("silent").booleanValue()) {
                    tells.forEach(notice -> told.add(notice.kind() + " " + notice.id()));
                }
            } else {
                List<String> expected = new ArrayList<>();
                step.get("reported")
                        .forEach(notice -> expected.add(notice.get("kind").textValue() + " "
                                + notice.get("id").textValue()));
                assertThat(told).as("at %s", step).isEqualTo(expected);
                told.clear();
            }
        }
        assertThat(told).isEmpty();
    }

    private static List<Notice> read(FeedState state, JsonNode record) {
        String key = record.get("key").textValue();
        if (record.path("removed").booleanValue()) {
            return state.removed(key);
        }
        Warning warning = SampleWarning.of(
                key,
                record.get("incident").textValue(),
                record.get("sequence").intValue(),
                WarningStatus.valueOf(record.get("status").textValue()));
        return state.read(key, warning);
    }
}
