package io.keyward.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.app.run.StandingDecision;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Rule;
import io.keyward.sandbox.SampleFeed;
import io.keyward.topology.Bounds;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.read.OutputRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Decides the scenarios under `src/cli/test/resources/scenarios`; the README there tells how to read and to write
/// them.
class ScenarioTest {
    static final Path FOLDER = Path.of("src/cli/test/resources/scenarios");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void aScenarioEndsAsItSays(String name) {
        JsonNode scenario = scenario(name);

        StandingDecision standing = decided(scenario, events(scenario));

        assertThat(environments(standing)).isEqualTo(expected(scenario));
        assertThat(standing.owners()).isSubsetOf(ownersExpected(scenario));
        assertThat(standing.refused())
                .containsExactlyElementsOf(
                        ScenarioWords.texts(scenario.path("refused")).toList());
        expectedOfTenants(scenario, standing);
        expectedOfSignals(scenario, standing);
        expectedOfMessages(scenario, standing);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void itEndsTheSameWhateverTheOrderOfArrival(String name) {
        JsonNode scenario = scenario(name);
        if (scenario.has("order matters")) {
            return;
        }
        List<EventLine> backwards = new ArrayList<>(events(scenario));
        Collections.reverse(backwards);
        List<EventLine> twice = new ArrayList<>(backwards);
        twice.addAll(backwards);

        assertThat(environments(decided(scenario, twice))).isEqualTo(expected(scenario));
    }

    @Test
    void everyRuleHasAScenario() {
        assertThat(scenarios()
                        .flatMap(name -> ScenarioWords.texts(scenario(name).path("rules")))
                        .map(Rule::valueOf))
                .contains(Rule.values());
    }

    static Stream<String> scenarios() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .toList())
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static JsonNode scenario(String name) {
        try {
            return YAML.readTree(FOLDER.resolve(name).toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(name, failure);
        }
    }

    static List<EventLine> events(JsonNode scenario) {
        JsonNode events = scenario.path("events");
        return events.asText().equals("the sample feed")
                ? SampleFeed.asWritten().events()
                : ScenarioEvents.of(events);
    }

    static StandingDecision decided(JsonNode scenario, List<EventLine> events) {
        RuleProfile named = RuleProfiles.named(scenario.path("profile").asText(RuleProfiles.DEFAULT))
                .orElseThrow();
        RuleProfile profile = scenario.has("evidence")
                ? named.with(
                        RuleProfile.Evidence.valueOf(scenario.path("evidence").asText()))
                : named;
        StandingDecision standing = new StandingDecision();
        Simulation simulation = new Simulation(new TopicNames("cmk."), profile, Bounds.DEFAULT, () -> Instant.MAX);
        for (EventLine event : events) {
            for (Simulation.SimulatedOutput outcome : simulation.decide(event)) {
                standing.add(outcome.output());
                boolean decision = outcome.output().topic() == Topic.ENCRYPTION_DECISIONS
                        && outcome.output() instanceof OutputRecord.Published;
                assertThat(outcome.why().get().isEmpty())
                        .as("only decisions are explained, and all of them: %s", outcome.output())
                        .isEqualTo(!decision);
                assertThat(outcome.why().get())
                        .noneMatch(reason -> reason.sentence().isBlank());
            }
        }
        return standing;
    }

    private static Map<String, Object> environments(StandingDecision standing) {
        Map<String, Object> environments = new TreeMap<>();
        standing.decisions().forEach((environment, decision) -> {
            environments.put(environment, ScenarioWords.actual(decision, standing, environment));
            assertThat(ScenarioWords.texts(decision.path("openWarnings")))
                    .as("the decision on %s lists the open warnings", environment)
                    .containsExactlyInAnyOrderElementsOf(standing.openWarnings(environment).stream()
                            .map(warning -> warning.path("code").asText())
                            .toList());
            assertThat(ScenarioWords.texts(decision.path("suppressedSinks")))
                    .as("the decision on %s lists the suppressed sinks", environment)
                    .containsExactlyInAnyOrderElementsOf(standing.signals(environment, "SUPPRESS").stream()
                            .map(signal -> signal.path("sink").asText())
                            .toList());
        });
        return environments;
    }

    private static Map<String, Object> expected(JsonNode scenario) {
        Map<String, Object> environments = new TreeMap<>();
        scenario.path("expect").properties().forEach(entry -> {
            if (!entry.getValue().asText().equals("nothing")) {
                List<String> names = ScenarioEvents.expand(entry.getKey());
                for (int i = 0; i < names.size(); i++) {
                    environments.put(names.get(i), ScenarioWords.expected(entry.getValue(), i));
                }
            }
        });
        return environments;
    }

    /// Owners that the scenario does not expect, purged environments included, must have no records left.
    private static List<String> ownersExpected(JsonNode scenario) {
        List<String> owners = new ArrayList<>(expected(scenario).keySet());
        scenario.path("tenants").fieldNames().forEachRemaining(tenant -> owners.add(tenant + "/"));
        return owners;
    }

    private static void expectedOfTenants(JsonNode scenario, StandingDecision standing) {
        scenario.path("tenants").properties().forEach(entry -> {
            assertThat(standing.openWarnings(entry.getKey() + "/").stream().map(ScenarioWords::warning))
                    .containsExactlyElementsOf(
                            ScenarioWords.texts(entry.getValue().path("raised")).toList());
            assertThat(standing.clearedWarnings(entry.getKey() + "/").stream().map(ScenarioWords::warning))
                    .containsExactlyElementsOf(
                            ScenarioWords.texts(entry.getValue().path("cleared"))
                                    .toList());
        });
    }

    private static void expectedOfSignals(JsonNode scenario, StandingDecision standing) {
        scenario.path("expect").properties().forEach(entry -> {
            JsonNode sinks = entry.getValue().path("sinks");
            if (!sinks.isMissingNode()) {
                assertThat(standing.signals(entry.getKey(), "SUPPRESS").stream()
                                .map(signal -> signal.path("sink").asText()))
                        .containsExactlyInAnyOrderElementsOf(
                                ScenarioWords.texts(sinks).toList());
            }
            JsonNode allowed = entry.getValue().path("allowed but for");
            assertThat(standing.signals(entry.getKey(), "ALLOW"))
                    .hasSize(allowed.isMissingNode() ? 0 : 3)
                    .allSatisfy(signal -> expectGaps(signal, allowed));
            JsonNode suppressed = entry.getValue().path("suppressed, and nothing of");
            if (!suppressed.isMissingNode()) {
                assertThat(standing.signals(entry.getKey(), "SUPPRESS"))
                        .isNotEmpty()
                        .allSatisfy(signal -> expectGaps(signal, suppressed));
            }
        });
    }

    /// One gap, or a list of them; without `from` it lasts from the beginning.
    private static void expectGaps(JsonNode signal, JsonNode expected) {
        List<String> gaps = new ArrayList<>();
        signal.path("gaps")
                .forEach(gap -> gaps.add(
                        gap.path("from").asText("") + " " + gap.path("until").asText()));
        List<String> wanted = new ArrayList<>();
        (expected.isArray() ? expected : List.of(expected))
                .forEach(gap -> wanted.add(
                        (gap.has("from") ? ScenarioEvents.time(gap.path("from").asText()) : "") + " "
                                + ScenarioEvents.time(gap.path("to").asText())));
        assertThat(gaps).isEqualTo(wanted);
    }

    private static void expectedOfMessages(JsonNode scenario, StandingDecision standing) {
        scenario.path("expect").properties().forEach(entry -> {
            entry.getValue()
                    .path("told")
                    .properties()
                    .forEach(told -> assertThat(open(standing, entry.getKey(), told.getKey(), "message"))
                            .contains(told.getValue().asText()));
            entry.getValue()
                    .path("severity")
                    .properties()
                    .forEach(graver -> assertThat(open(standing, entry.getKey(), graver.getKey(), "severity"))
                            .isEqualTo(graver.getValue().asText()));
        });
    }

    /// What the one open warning of that code says.
    private static String open(StandingDecision standing, String environment, String code, String field) {
        List<String> said = standing.openWarnings(environment).stream()
                .filter(warning -> warning.path("code").asText().equals(code))
                .map(warning -> warning.path(field).asText())
                .toList();
        assertThat(said).as("open %s of %s", code, environment).hasSize(1);
        return said.getFirst();
    }
}
