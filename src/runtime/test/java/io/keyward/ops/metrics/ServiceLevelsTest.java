package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.InstalledProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks who receives which alert, and that docs/slo.md describes the rules.
class ServiceLevelsTest {
    private static final Path DOCUMENT = Path.of("docs", "slo.md");
    private static final InstalledProgram AMTOOL = new InstalledProgram("amtool");
    private static final String ROUTES = "deploy/prometheus/alertmanager.yaml";

    @Test
    void alertmanagerAcceptsTheExample() throws Exception {
        assertThat(AMTOOL.run("check-config", ROUTES)).contains("SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("io.keyward.ops.metrics.AlertsTest#alerts")
    void anAlertReachesThoseWhomItIsFor(AlertsTest.Alert alert) throws Exception {
        boolean critical = alert.severity().equals("critical");
        String receiver = switch (alert.rule().at("/labels/audience").asText()) {
            case "platform" -> critical ? "platform-on-call" : "platform-day";
            case "upstream" -> "upstream";
            case "tenant" -> critical ? "customers-on-call" : "customers-day";
            default -> "nobody";
        };
        assertThat(receiver(labels(alert))).isEqualTo(receiver);
    }

    @ParameterizedTest
    @CsvSource({"topic=key-revoked, upstream-keys", "type=KeyRotated, upstream-keys", "type=PolicyApplied, upstream"})
    void theTeamOfOneInputReceivesItAlone(String label, String receiver) throws Exception {
        assertThat(receiver(Stream.of("audience=upstream", label))).isEqualTo(receiver);
    }

    @Test
    void theDocumentNamesTheAlertsOfEachAudience() throws IOException {
        for (String audience : List.of("upstream", "tenant")) {
            assertThat(names(row(audience))).isEqualTo(alertsOf(audience));
        }
        assertThat(AlertsTest.alerts()
                        .map(alert -> alert.rule().at("/labels/audience").asText()))
                .containsOnly("platform", "upstream", "tenant");
    }

    @Test
    void theDocumentHasTheObjectivesOfTheRules() throws IOException {
        Map<String, Double> allowed = AlertsTest.rules()
                .filter(rule -> rule.path("record").asText().equals("keyward:budget_burn:ratio"))
                .collect(Collectors.toMap(
                        rule -> rule.at("/labels/slo").asText(),
                        rule -> Double.parseDouble(rule.path("expr").asText().replaceAll("(?s).*\\) / ", ""))));
        assertThat(allowed).hasSize(5);
        for (var slo : allowed.entrySet()) {
            assertThat(row(slo.getKey()))
                    .contains("| %s %% | %.0f minutes |"
                            .formatted(
                                    "%.1f".formatted(100 - 100 * slo.getValue()).replace(".0", ""),
                                    slo.getValue() * 30 * 24 * 60));
        }
    }

    @Test
    void theDocumentHasTheWindowsOfTheRules() throws IOException {
        String document = Files.readString(DOCUMENT);
        List<String> windows = AlertsTest.alerts()
                .filter(alert -> alert.name().equals("KeywardBudgetBurning"))
                .flatMap(alert -> Pattern.compile("\\[(\\d+)([mhd])]\\) > ([0-9.]+)")
                        .matcher(alert.rule().path("expr").asText())
                        .results())
                .map(ServiceLevelsTest::window)
                .toList();
        assertThat(windows).hasSize(8);
        for (int i = 0; i < windows.size(); i += 2) {
            String shorter = windows.get(i + 1).replaceFirst(":.*", "");
            assertThat(document).contains("| " + windows.get(i).replace(": ", " | " + shorter + " | ") + " |");
        }
    }

    private static String window(MatchResult found) {
        String unit = Map.of("m", "minute", "h", "hour", "d", "day").get(found.group(2));
        return "%s %s%s: %s".formatted(found.group(1), unit, found.group(1).equals("1") ? "" : "s", found.group(3));
    }

    private static Set<String> alertsOf(String audience) {
        return AlertsTest.alerts()
                .filter(alert -> alert.rule().at("/labels/audience").asText().equals(audience))
                .map(AlertsTest.Alert::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String row(String first) throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `" + first + "` |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/slo.md has no row " + first));
    }

    private static Set<String> names(String text) {
        return Pattern.compile("Keyward\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> labels(AlertsTest.Alert alert) {
        return Stream.concat(
                Stream.of("alertname=" + alert.name()),
                alert.rule().path("labels").properties().stream()
                        .map(label -> label.getKey() + "=" + label.getValue().asText()));
    }

    private static String receiver(Stream<String> labels) throws Exception {
        String output =
                AMTOOL.run(Stream.concat(Stream.of("config", "routes", "test", "--config.file=" + ROUTES), labels)
                        .toArray(String[]::new));
        // Before it, amtool warns of an address that it does not need.
        return output.lines().reduce((_, last) -> last).orElseThrow();
    }
}
