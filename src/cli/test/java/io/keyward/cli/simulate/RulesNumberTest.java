package io.keyward.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.app.run.StandingDecision;
import io.keyward.client.Topic;
import io.keyward.domain.Decider;
import io.keyward.domain.id.Sha256;
import io.keyward.topology.contract.RuleProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The number of the rules (`Decider.RULES`) counts up when they decide something else of the same facts: only then is
/// every environment decided again after an upgrade. What they decide on the scenarios is recorded beside the number.
class RulesNumberTest {
    private static final Path RECORD = ScenarioTest.FOLDER.resolve("decided-by-rules.txt");
    private static final String WRITE = "scenarios.write";
    private static final String COMMAND =
            "run `mvn test -Dtest=RulesNumberTest -D" + WRITE + "=true`, and commit " + RECORD;

    /// What is published, without what tells nothing of a decision: its cause, and texts, which a release may reword.
    private static final List<String> NOT_DECIDED = List.of("cause", "message", "remediation");

    /// @param events a digest of what is decided from
    /// @param decided a digest of what is decided
    private record Line(String events, String decided) {
        static Line of(String scenario) {
            JsonNode read = ScenarioTest.scenario(scenario);
            String events = ScenarioTest.events(read)
                    + read.path("profile").asText()
                    + read.path("evidence").asText();
            return new Line(digest(events), digest(published(ScenarioTest.decided(read, ScenarioTest.events(read)))));
        }
    }

    /// @param rules the number of the rules
    private record Decided(int rules, Map<String, Line> scenarios) {
        static Decided byThese() {
            Map<String, Line> scenarios = new TreeMap<>();
            ScenarioTest.scenarios().forEach(name -> scenarios.put(name, Line.of(name)));
            String rules =
                    Decider.rulesOf(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
            return new Decided(Integer.parseInt(rules.substring(0, rules.indexOf(' '))), scenarios);
        }

        static Decided recorded() throws IOException {
            List<String> lines = Files.exists(RECORD) ? Files.readAllLines(RECORD) : List.of("rules 0");
            Map<String, Line> scenarios = new TreeMap<>();
            lines.stream()
                    .skip(1)
                    .map(line -> line.split(" ", 3))
                    .forEach(parts -> scenarios.put(parts[0], new Line(parts[1], parts[2])));
            return new Decided(Integer.parseInt(lines.getFirst().split(" ", 2)[1]), scenarios);
        }

        /// The scenarios that are decided otherwise from the same events.
        List<String> changedSince(Decided before) {
            return scenarios.entrySet().stream()
                    .filter(now -> Optional.ofNullable(before.scenarios.get(now.getKey()))
                            .filter(then -> then.events().equals(now.getValue().events()))
                            .filter(then ->
                                    !then.decided().equals(now.getValue().decided()))
                            .isPresent())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        List<String> lines() {
            return Stream.concat(
                            Stream.of("rules " + rules),
                            scenarios.entrySet().stream()
                                    .map(scenario -> scenario.getKey() + " "
                                            + scenario.getValue().events() + " "
                                            + scenario.getValue().decided()))
                    .toList();
        }
    }

    @Test
    void theNumberCountsUpWhenTheRulesDecideSomethingElse() throws IOException {
        Decided recorded = Decided.recorded();
        Decided now = Decided.byThese();

        assertThat(now.rules()).as("Decider.RULES only counts up").isGreaterThanOrEqualTo(recorded.rules());
        if (now.rules() == recorded.rules()) {
            assertThat(now.changedSince(recorded))
                    .as(
                            "The rules decide these scenarios otherwise than rules number %d did. If that is intended,"
                                    + " count Decider.RULES up by one, else environments that are stored keep the old"
                                    + " decisions after an upgrade. Then %s.",
                            recorded.rules(), COMMAND)
                    .isEmpty();
        }
        if (Boolean.getBoolean(WRITE)) {
            Files.write(RECORD, now.lines());
        }
        assertThat(Decided.recorded().lines())
                .as("The record is not of these rules and scenarios: %s.", COMMAND)
                .isEqualTo(now.lines());
    }

    private static String published(StandingDecision standing) {
        StringBuilder text = new StringBuilder();
        for (Topic topic : List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS)) {
            standing.records(topic).forEach((key, value) -> {
                ObjectNode decided = value.deepCopy();
                text.append(key).append(decided.remove(NOT_DECIDED).toString()).append('\n');
            });
        }
        return text.append(standing.refused()).toString();
    }

    /// 48 bits: nobody looks for a collision.
    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, 6);
    }
}
