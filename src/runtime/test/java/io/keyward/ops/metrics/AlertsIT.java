package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.health.Health;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.LocalHttp;
import io.keyward.testing.PrometheusServer;
import io.keyward.testing.SelfSigned;
import io.keyward.testing.process.FreePorts;
import io.keyward.topology.store.StoreReader.PartitionReader;
import io.keyward.topology.store.StoredEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prometheus raises alerts from the metrics of real endpoints. The rules are those in deploy/prometheus
/// without their waiting times. The test gives Prometheus the past week that one rule looks back on.
class AlertsIT {
    private static final Duration SILENCE = Duration.ofHours(2);

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final KeywardMetrics busy = new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), nanos::get);
    private final KeywardMetrics quiet = new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), nanos::get);

    @Test
    void eachAlertIsRaisedForTheJobThatItIsAboutAndNoOther() throws Exception {
        Assumptions.assumeTrue(PrometheusServer.isInstalled(), "prometheus is not on the PATH");
        SelfSigned certificate = SelfSigned.in(folder.resolve("tls"), "dns:localhost,ip:127.0.0.1", 10);
        HealthSource ready = () -> Health.GOOD;
        busy.watch(ready);
        quiet.watch(ready);
        busy.watch(stateGauges());
        nanos.addAndGet(SILENCE.toNanos());
        busy.flow().admitted(Flows.revocation());
        remember("keyward", "PolicyApplied");
        try (HttpEndpoint secured = endpoint(busy, pem(certificate));
                HttpEndpoint plain = endpoint(quiet, HttpFiles.NONE);
                PrometheusServer prometheus = PrometheusServer.start(
                        folder,
                        securedJob("keyward", secured, certificate)
                                + PrometheusServer.job("keyward-quiet", "127.0.0.1:" + plain.port())
                                + PrometheusServer.job("keyward-gone", "127.0.0.1:" + FreePorts.one()),
                        rules())) {
            busy.watch(secured);
            within().until(() -> !prometheus
                    .query("keyward_warnings_total{job=\"keyward\", code=\"KEY_REVOKED\"}")
                    .isEmpty());
            Collections.nCopies(50, Flows.raised(WarningCode.KEY_REVOKED))
                    .forEach(warning -> busy.flow().published(warning, Duration.ZERO, List::of));
            within().untilAsserted(() -> assertThat(firing(prometheus))
                    .containsExactlyInAnyOrder(
                            "KeywardDown critical keyward-gone",
                            "KeywardInstanceDown warning keyward-gone",
                            "KeywardBudgetBurning critical keyward-gone decided",
                            "KeywardBudgetBurning warning keyward-gone decided",
                            "KeywardBudgetBurning critical keyward-gone available",
                            "KeywardBudgetBurning warning keyward-gone available",
                            "KeywardNoEvents warning keyward-quiet",
                            "KeywardUpstreamSilent warning keyward",
                            "KeywardCertificateExpiring warning keyward",
                            "KeywardEnvironmentsLocked warning keyward",
                            "KeywardEnvironmentsUnrecovered warning keyward",
                            "KeywardCriticalWarnings warning keyward",
                            "KeywardDeletionNear warning keyward",
                            "KeywardDeletionNear critical keyward",
                            "KeywardDeletionOverdue warning keyward",
                            "KeywardEnforcementLate warning keyward",
                            "KeywardEnforcementWrong warning keyward",
                            "KeywardDeadlinesStalled warning keyward"));
        }
    }

    private static List<String> firing(PrometheusServer prometheus) {
        return prometheus
                .alerts()
                .valueStream()
                .filter(alert -> alert.path("state").asText().equals("firing"))
                .map(alert -> alert.path("labels"))
                .map(AlertsIT::sentence)
                .toList();
    }

    private static String sentence(JsonNode labels) {
        return Stream.of("alertname", "severity", "job", "slo")
                .filter(labels::has)
                .map(label -> labels.path(label).asText())
                .collect(Collectors.joining(" "));
    }

    /// Many environments are locked; some will be deleted soon, some are overdue for deletion or for a decision, others
    /// wait to be enabled, and their components are late and have drifted.
    private static StateGaugesSnapshot stateGauges() {
        Instant now = Instant.now();
        StateGaugesSnapshot stateGauges = new StateGaugesSnapshot(() -> Set.of(0), Set.of(), System::nanoTime);
        PartitionReader reader = stateGauges.begin(0, now);
        for (int i = 0; i < 10; i++) {
            Stream.of(
                            StateGaugesTest.decided(EncryptionState.CUSTOMER_MANAGED, Optional.empty()),
                            StateGaugesTest.locked(now.plus(Duration.ofHours(12))),
                            StateGaugesTest.locked(now.minus(Duration.ofDays(2))),
                            StateGaugesTest.due(now.minus(Duration.ofHours(1))),
                            StateGaugesTest.state(
                                    Optional.empty(),
                                    new TreeMap<>(Map.of(
                                            WarningCode.REENABLE_REQUIRED,
                                            Optional.of(now.minus(Duration.ofDays(8))),
                                            WarningCode.ENFORCEMENT_LATE,
                                            Optional.of(now),
                                            WarningCode.ENFORCEMENT_DRIFT,
                                            Optional.of(now))),
                                    Collections.emptySortedMap()))
                    .map(state -> new StoredEnvironment(new TenantId("contoso"), state))
                    .forEach(reader::environment);
        }
        reader.complete();
        return stateGauges;
    }

    /// Writes past samples to Prometheus: events of the type arrived regularly until a quarter of an hour ago.
    private void remember(String job, String type) throws Exception {
        StringBuilder past = new StringBuilder("# TYPE keyward_last_event_age_seconds gauge\n");
        Instant end = Instant.now().minus(Duration.ofMinutes(15));
        for (Instant at = end.minus(Duration.ofDays(8)); at.isBefore(end); at = at.plus(Duration.ofMinutes(4))) {
            past.append("keyward_last_event_age_seconds{job=\"%s\",instance=\"past\",type=\"%s\"} 60 %d%n"
                    .formatted(job, type, at.getEpochSecond()));
        }
        Path file = Files.writeString(folder.resolve("past"), past.append("# EOF\n"));
        Promtool.run(
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                file.toString(),
                PrometheusServer.storage(folder).toString());
    }

    /// The rules without their `for` durations, and without the hours for which a deployment must be known.
    private Path rules() throws Exception {
        String rules = Files.readString(Path.of("deploy", "prometheus", "alerts.yaml"));
        return Files.writeString(
                folder.resolve("alerts.yaml"),
                rules.replaceAll(" for: \\d+m", " for: 1s").replaceAll("burn:ratio offset \\d[hd]", "burn:ratio"));
    }

    private static String securedJob(String name, HttpEndpoint endpoint, SelfSigned certificate) {
        return """
                  - job_name: %s
                    scheme: https
                    tls_config: {ca_file: "%s"}
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(name, certificate.certificate(), endpoint.port());
    }

    private static HttpEndpoint endpoint(KeywardMetrics metrics, HttpFiles files) {
        return HttpEndpoint.start(LocalHttp.options(files), List.of(metrics.page()));
    }

    private static HttpFiles pem(SelfSigned certificate) {
        return new HttpFiles(
                Optional.of(certificate.certificate()),
                Optional.of(certificate.key()),
                Optional.empty(),
                Optional.empty());
    }

    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(500));
    }
}
