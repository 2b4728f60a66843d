package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks what the dashboards ask for and where their panels are. A Prometheus proves the expressions in
/// `ObservabilityIT`.
class DashboardsTest {
    private static final int COLUMNS = 24;
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:keyward|kafka|jvm|process|system)_\\w+)(\\{[^}]*})?");

    /// Grafana's own begin with an underscore.
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");

    @ParameterizedTest
    @ValueSource(strings = {"keyward-business.json", "keyward-operations.json"})
    void everyMetricIsDocumented(String dashboard) throws IOException {
        Map<String, String> documented = DocumentedMetrics.of("## All metrics", "");
        assertThat(selectors(dashboard).map(selector -> selector.group(1)))
                .isNotEmpty()
                .allSatisfy(series -> assertThat(documented).containsKey(metric(series, documented)));
    }

    /// The jobs that are chosen as `$job` may be those of processors only.
    @ParameterizedTest
    @ValueSource(strings = {"keyward-business.json", "keyward-operations.json"})
    void everySelectorNamesTheJobsOfTheProcessThatHasTheMetric(String dashboard) throws IOException {
        assertThat(selectors(dashboard))
                .isNotEmpty()
                .allSatisfy(selector -> assertThat(selector.group(2))
                        .as(selector.group())
                        .contains(
                                selector.group(1).startsWith("keyward_intake_")
                                        ? "job=~\"$intake\""
                                        : "job=~\"$job\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyward-business.json", "keyward-operations.json"})
    void everyVariableCanBeChosen(String dashboard) throws IOException {
        Set<String> used = VARIABLE.matcher(Files.readString(file(dashboard)))
                .results()
                .map(use -> use.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(read(dashboard).at("/templating/list").valueStream())
                .extracting(variable -> variable.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyward-business.json", "keyward-operations.json"})
    void everyPanelHasAnIdAndAPlaceOfItsOwn(String dashboard) throws IOException {
        List<JsonNode> panels = read(dashboard).path("panels").valueStream().toList();
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels.stream().flatMap(panel -> cells(panel.path("gridPos"))))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(cell -> cell.getFirst() < COLUMNS);
    }

    private static Stream<MatchResult> selectors(String dashboard) throws IOException {
        return read(dashboard).findValuesAsText("expr").stream()
                .flatMap(expression -> SELECTOR.matcher(expression).results());
    }

    /// The metric that a series belongs to.
    private static String metric(String series, Map<String, String> documented) {
        String metric = series.replaceFirst("_(bucket|sum|count)$", "");
        return Set.of("histogram", "summary").contains(documented.getOrDefault(metric, "")) ? metric : series;
    }

    /// Column and line of each cell of the grid that a panel covers.
    private static Stream<List<Integer>> cells(JsonNode place) {
        return range(place, "x", "w")
                .boxed()
                .flatMap(x -> range(place, "y", "h").mapToObj(y -> List.of(x, y)));
    }

    private static IntStream range(JsonNode place, String first, String length) {
        int start = place.path(first).asInt();
        return IntStream.range(start, start + place.path(length).asInt());
    }

    private static JsonNode read(String dashboard) throws IOException {
        return new ObjectMapper().readTree(file(dashboard).toFile());
    }

    private static Path file(String dashboard) {
        return Path.of("deploy", "grafana", dashboard);
    }
}
