package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.LocalHttp;
import io.keyward.ops.metrics.KeywardMetrics;
import io.keyward.testing.PrometheusServer;
import io.keyward.testing.SelfSigned;
import io.keyward.topology.contract.RuleProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks that Prometheus can scrape the endpoints with the settings of the production overlay and of the intake: the
/// endpoint uses a certificate for the names in certificate.yaml, and Prometheus uses the settings of the PodMonitor.
class ScrapeIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private JsonNode asked;
    private PodMetricsEndpoint monitor;
    private SelfSigned certificate;
    private Path token;

    private void issue(String manifests, String name) throws Exception {
        Assumptions.assumeTrue(PrometheusServer.isInstalled(), "prometheus is not on the PATH");
        Path certificates = Path.of("deploy", "kubernetes", manifests, "certificate.yaml");
        asked = new YAMLMapper().readTree(certificates.toFile()).path("spec");
        monitor = KubernetesTest.built(certificates.getParent())
                .the(PodMonitor.class, name)
                .getSpec()
                .getPodMetricsEndpoints()
                .getFirst();
        certificate = SelfSigned.in(
                folder.resolve("tls"),
                "dns:"
                        + String.join(
                                ",dns:",
                                asked.path("dnsNames")
                                        .valueStream()
                                        .map(JsonNode::asText)
                                        .toList()),
                90);
        token = Files.writeString(folder.resolve("token"), TOKEN);
    }

    @ParameterizedTest
    @CsvSource("overlays/production, keyward")
    void prometheusReadsAnInstanceThatHasTheCertificateAskedFor(String manifests, String monitored) throws Exception {
        issue(manifests, monitored);
        assertThat(monitor.getTlsConfig().getCa().getSecret().getName())
                .isEqualTo(asked.path("secretName").asText());
        try (KeywardMetrics metrics = new KeywardMetrics(
                        "1.2.3",
                        RuleProfiles.named("2024-07-23").orElseThrow(),
                        InstantSource.system(),
                        System::nanoTime);
                HttpEndpoint endpoint = HttpEndpoint.start(LocalHttp.options(files()), List.of(metrics.page()))) {
            metrics.watch(endpoint);
            String name = monitor.getTlsConfig().getServerName();
            try (PrometheusServer prometheus = PrometheusServer.start(
                    folder, job("keyward", name, endpoint) + job("misnamed", "another." + name, endpoint), noRules())) {
                Awaitility.await().untilAsserted(() -> assertBothWereTried(prometheus, name));
            }
        }
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource("intake, keyward-intake")
    void prometheusReadsAnIntakeThatHasItToo(String manifests, String monitored) throws Exception {
        prometheusReadsAnInstanceThatHasTheCertificateAskedFor(manifests, monitored);
    }

    private static void assertBothWereTried(PrometheusServer prometheus, String name) {
        assertThat(prometheus.targets())
                .extracting(
                        target -> target.at("/labels/job").asText(),
                        target -> target.path("health").asText())
                .as("%s", prometheus.targets())
                .containsExactlyInAnyOrder(tuple("keyward", "up"), tuple("misnamed", "down"));
        assertThat(prometheus.targets().findValuesAsText("lastError"))
                .anySatisfy(error ->
                        assertThat(error).contains("certificate is valid for %1$s, not another.%1$s".formatted(name)));
        assertThat(prometheus.query("keyward_certificate_not_after_seconds{job=\"keyward\"} > time()"))
                .isNotEmpty();
    }

    private HttpFiles files() {
        return new HttpFiles(
                Optional.of(certificate.certificate()),
                Optional.of(certificate.key()),
                Optional.empty(),
                Optional.of(token));
    }

    /// The scrape job that the Prometheus operator generates from the PodMonitor, for one pod.
    private String job(String name, String serverName, HttpEndpoint endpoint) {
        return """
                  - job_name: %s
                    scheme: %s
                    metrics_path: %s
                    authorization: {type: %s, credentials_file: "%s"}
                    tls_config: {ca_file: "%s", server_name: "%s"}
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(
                        name,
                        monitor.getScheme(),
                        monitor.getPath(),
                        monitor.getAuthorization().getType(),
                        token,
                        certificate.certificate(),
                        serverName,
                        endpoint.port());
    }

    private Path noRules() throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), "groups: []\n");
    }
}
