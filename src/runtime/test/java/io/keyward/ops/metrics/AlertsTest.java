package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.RefusalCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks that each alert has a runbook and test cases, and runs the cases with promtool.
class AlertsTest {
    private static final Path ALERTS = Path.of("deploy", "prometheus", "alerts.yaml");
    private static final Path CASES = Path.of("deploy", "prometheus", "tests");
    private static final Path RUNBOOKS = Path.of("deploy", "runbooks");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern NUMBER = Pattern.compile("\\{\\{ \\$value|^0 ");

    /// @param name with the severity, because two alerts with the same name may differ in it
    record Alert(String name, String severity, JsonNode rule) {
        static Alert of(JsonNode rule) {
            return new Alert(
                    rule.path("alert").asText(), rule.at("/labels/severity").asText(), rule);
        }

        String annotation(String annotation) {
            return rule.path("annotations").path(annotation).asText();
        }

        @Override
        public String toString() {
            return name + " (" + severity + ")";
        }
    }

    @Test
    void everyRuleIsOneThatPrometheusUnderstands() throws Exception {
        assertThat(Promtool.run("check", "rules", "--lint=all", "--lint-fatal", ALERTS.toString()))
                .contains("SUCCESS");
    }

    /// Prometheus evaluates hours and days of samples, which takes it most of a minute.
    @Tag("full")
    @Test
    void everyCaseEndsAsItSays() throws Exception {
        assertEndAsTheySay(caseFiles());
    }

    @Test
    void theCasesOfEnvironmentsEndAsTheySay() throws Exception {
        assertEndAsTheySay(Stream.of(CASES.resolve("environments.yaml")));
    }

    private static void assertEndAsTheySay(Stream<Path> cases) throws Exception {
        String[] arguments = Stream.concat(Stream.of("test", "rules"), cases.map(Path::toString))
                .toArray(String[]::new);
        assertThat(Promtool.run(arguments)).contains("SUCCESS").doesNotContain("FAILED");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertStatesItsSeverityAndItsMeasure(Alert alert) {
        assertThat(alert.severity()).isIn("critical", "warning", "info");
        assertThat(alert.annotation("summary")).containsPattern(NUMBER).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasARunbookThatStatesWhatToDoAndWhatNot(Alert alert) throws IOException {
        assertThat(alert.annotation("runbook_url")).isEqualTo("deploy/runbooks/" + alert.name() + ".md");
        assertThat(Files.readAllLines(Path.of(alert.annotation("runbook_url"))))
                .startsWith("# " + alert.name())
                .containsSubsequence("## What it means", "## How to check", "## What to do", "## What not to do");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot(Alert alert) {
        List<List<String>> severitiesThatFire = cases().filter(
                        test -> test.path("alertname").asText().equals(alert.name()))
                .map(test -> test.path("exp_alerts").findValuesAsText("severity"))
                .toList();
        assertThat(severitiesThatFire)
                .anyMatch(severities -> severities.contains(alert.severity()))
                .anyMatch(severities -> !severities.contains(alert.severity()));
    }

    /// Otherwise a healthy deployment would hide an unhealthy one.
    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertJudgesEachDeploymentByItself(Alert alert) {
        assertThat(alert.rule().path("expr").asText())
                .contains("by (namespace, job")
                .doesNotContainPattern("by \\((?!namespace, job)");
    }

    /// DELETION_IMMINENT is critical at its last mark only, which the counter does not show:
    /// `KeywardDeletionNear` is the alert for it.
    @Test
    void theAlertOnCriticalWarningsCountsEveryCodeOfThatSeverity() {
        String codes = Arrays.stream(WarningCode.values())
                .filter(code -> code.severity() == Severity.CRITICAL)
                .map(Enum::name)
                .collect(Collectors.joining("|"));
        assertThat(alerts())
                .filteredOn(alert -> alert.name().equals("KeywardCriticalWarnings"))
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.rule().path("expr").asText()).contains("\"" + codes + "\""));
    }

    @Test
    void everyRunbookAndEveryCaseBelongsToAnAlert() throws IOException {
        Set<String> names = alerts().map(Alert::name).collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> runbooks = Files.list(RUNBOOKS)) {
            assertThat(runbooks.map(file -> file.getFileName().toString().replace(".md", ""))
                            .filter(name -> !name.equals("README")))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
        assertThat(cases().map(test -> test.path("alertname").asText())).containsOnly(names.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void theRunbookOfDeadLettersExplainsEveryReason(RefusalCode reason) throws IOException {
        assertThat(Files.readString(RUNBOOKS.resolve("KeywardDeadLettersGrowing.md")))
                .contains("| `" + reason + "` |");
    }

    static Stream<Alert> alerts() {
        return rules().filter(rule -> rule.has("alert")).map(Alert::of);
    }

    /// The alerts, and what is recorded for them.
    static Stream<JsonNode> rules() {
        return elements(read(ALERTS).path("groups")).flatMap(group -> elements(group.path("rules")));
    }

    private static Stream<JsonNode> cases() {
        return caseFiles()
                .flatMap(file -> elements(read(file).path("tests")))
                .flatMap(test -> elements(test.path("alert_rule_test")));
    }

    private static Stream<Path> caseFiles() {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.valueStream();
    }
}
