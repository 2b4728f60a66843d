package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.ops.metrics.DocumentedMetrics;
import io.keyward.ops.metrics.Promtool;
import io.keyward.ops.metrics.Scrape;
import io.keyward.testing.Program;
import io.keyward.testing.PrometheusServer;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scrapes the processor while it decides the sample and watches keys in the sandbox's vaults: the metrics of the
/// documents, dashboards and alerts exist.
class ObservabilityIT {
    private static final Path ALERTS = Path.of("deploy", "prometheus", "alerts.yaml");
    private static final Path DASHBOARDS = Path.of("deploy", "grafana");
    private static final Path DOCUMENT = Path.of("docs", "metrics.md");

    /// Metrics that exist only when something is wrong, where there is a certificate, or once a proof has run.
    private static final Set<String> MAY_BE_EMPTY =
            Set.of("ALERTS", "keyward_certificate_", "keyward_client_certificate_", "keyward_proof_");

    /// Kafka removes them while nothing is fetched or processed; the sandbox's endpoint has no certificate.
    private static final Set<String> COME_AND_GO = Set.of(
            "keyward_certificate_not_after_seconds",
            "keyward_client_certificate_not_after_seconds",
            "kafka_consumer_fetch_manager_records_lag_max",
            "kafka_stream_thread_process_latency_avg",
            "kafka_stream_thread_process_latency_max");

    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?:up|ALERTS|(?:keyward|kafka|jvm|process|system)_\\w+)\\b(?:\\{[^}]*})?");

    private static Program sandbox;
    private static PrometheusServer prometheus;
    private static URI http;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(PrometheusServer.isInstalled(), "prometheus is not on the PATH");
        int ports = FreePorts.sevenInARow();
        sandbox = Program.start(folder, "sandbox", "sandbox", "--port-base", ports);
        http = URI.create("http://127.0.0.1:" + (ports + 2));
        prometheus = PrometheusServer.start(
                folder,
                PrometheusServer.job("keyward", http.getAuthority())
                        + PrometheusServer.job("keyward-console", "127.0.0.1:" + (ports + 4))
                        + PrometheusServer.job("keyward-intake", "127.0.0.1:" + (ports + 6)),
                ALERTS);
        within().until(() -> !prometheus
                .query("sum(keyward_environments{state=\"RECOVERABLE\"}) > 0")
                .isEmpty());
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            prometheus.close();
            sandbox.close();
        }
    }

    @Test
    void theDocumentNamesEveryMetricWithItsTypeAndLabels() throws IOException {
        Map<String, String> documented = documented();
        within().untilAsserted(() -> {
            Map<String, String> real = real(scrape());
            Map<String, String> expected = new TreeMap<>(documented);
            expected.keySet().removeIf(name -> COME_AND_GO.contains(name) && !real.containsKey(name));
            assertThat(real).containsExactlyInAnyOrderEntriesOf(expected);
        });
    }

    @Test
    void everyWatchedKeyIsProvenWithinSeconds() {
        within().until(() -> !prometheus
                .query("sum(keyward_vault_probes_total{verdict=\"USABLE\"}) > 0"
                        + " and max(keyward_vault_last_conclusive_probe_age_seconds) < 30")
                .isEmpty());
    }

    @Test
    void theLinterOfPrometheusIsContent() throws Exception {
        Promtool.assertHasNothingToSayAbout(scrape());
    }

    @Test
    void noLabelHoldsATenantAnEnvironmentOrAKey() throws Exception {
        assertThat(scrape().text()).doesNotContain("contoso", "fabrikam", "tailspin", "shop-26", "vault.azure.net");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyward-business.json", "keyward-operations.json"})
    void everyExpressionOfADashboardReturnsSomething(String dashboard) throws IOException {
        List<String> expressions = new ObjectMapper()
                .readTree(DASHBOARDS.resolve(dashboard).toFile())
                .findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(10);
        within().untilAsserted(() -> assertThat(expressions.stream()
                        .map(ObservabilityIT::withoutVariables)
                        .filter(this::returnsNothing))
                .isEmpty());
    }

    @Test
    void everySeriesThatARuleAsksForIsThere() throws IOException {
        List<String> expressions = new YAMLMapper().readTree(ALERTS.toFile()).findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(10);
        within().untilAsserted(() -> assertThat(expressions.stream()
                        .flatMap(expression -> SELECTOR.matcher(expression).results())
                        .map(MatchResult::group)
                        .filter(this::returnsNothing))
                .isEmpty());
    }

    @Test
    void prometheusEvaluatesEveryRule() throws IOException {
        int rules =
                new YAMLMapper().readTree(ALERTS.toFile()).findValues("expr").size();
        within().untilAsserted(() -> assertThat(prometheus.ruleGroups().findValuesAsText("health"))
                .hasSize(rules)
                .containsOnly("ok"));
        assertThat(prometheus.ruleGroups().findValuesAsText("lastError")).allMatch(String::isEmpty);
    }

    /// Whether the expression is valid but wrongly finds nothing.
    private boolean returnsNothing(String expression) {
        return prometheus.query(expression).isEmpty() && MAY_BE_EMPTY.stream().noneMatch(expression::startsWith);
    }

    private static String withoutVariables(String expression) {
        String whole = expression
                .replace("$job", ".*")
                .replace("$intake", ".*")
                .replace("$__rate_interval", "1m")
                .replace("$__range", "10m");
        assertThat(whole).doesNotContain("$");
        return whole;
    }

    /// Name → type and labels, as the tables of the document say.
    private static Map<String, String> documented() throws IOException {
        return new TreeMap<>(DocumentedMetrics.metrics(
                        Files.readAllLines(DOCUMENT).stream().takeWhile(line -> !line.equals("## Of a console")))
                .collect(Collectors.toMap(
                        DocumentedMetrics.Metric::name,
                        metric -> metric.type() + " " + String.join(", ", metric.labels()))));
    }

    /// Name → type and labels, as the scrape says.
    private static Map<String, String> real(Scrape scrape) {
        Map<String, String> real = new TreeMap<>();
        scrape.types().forEach((name, type) -> real.put(name, type + " " + labels(scrape, name, type)));
        return real;
    }

    private static String labels(Scrape scrape, String name, String type) {
        String counted = type.equals("histogram") || type.equals("summary") ? name + "_count" : name;
        Set<String> labels = new TreeSet<>();
        scrape.samples().keySet().stream()
                .filter(series -> series.equals(counted) || series.startsWith(counted + "{"))
                .forEach(series -> Pattern.compile("(\\w+)=\"")
                        .matcher(series)
                        .results()
                        .forEach(label -> labels.add(label.group(1))));
        return String.join(", ", labels);
    }

    private static Scrape scrape() {
        return Scrape.of(http);
    }

    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(500));
    }
}
