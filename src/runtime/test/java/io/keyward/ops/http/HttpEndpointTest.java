package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.ops.health.Health;
import io.keyward.ops.health.HealthPage;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.metrics.Flows;
import io.keyward.ops.metrics.KeywardMetrics;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
    private final KeywardMetrics metrics =
            new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), System::nanoTime);
    private final AtomicReference<Health> live = new AtomicReference<>(Health.GOOD);
    private final AtomicReference<Health> ready = new AtomicReference<>(Health.GOOD);
    private final HealthSource health = new HealthSource() {
        @Override
        public Health liveness() {
            return live.get();
        }

        @Override
        public Health readiness() {
            return ready.get();
        }
    };
    private final HttpEndpoint endpoint = HttpEndpoint.start(
            LocalHttp.options(HttpFiles.NONE),
            List.of(
                    metrics.page(),
                    HealthPage.liveness(health),
                    HealthPage.readiness(health),
                    TopologyPage.of(() -> "Topologies: Ελλάδα\n", () -> "flowchart LR\n")));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        endpoint.close();
        metrics.close();
    }

    @Test
    void metricsComeInPrometheusText() throws Exception {
        HttpResponse<String> response = get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).contains("keyward_events_total{type=\"KeyRevoked\"} 0.0");
    }

    @Test
    void metricsComeInOpenMetricsWhereThatIsPreferred() throws Exception {
        HttpResponse<String> response = get(
                "/metrics",
                "Accept",
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        assertThat(header(response, "Content-Type"))
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(response.body()).endsWith("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void goodHealthIsStatus200(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(json(response)).isEqualTo(json("{\"status\":\"UP\",\"reasons\":[]}"));
    }

    @Test
    void whatIsMissingIsStatus503WithTheReasons() throws Exception {
        ready.set(new Health(List.of("Store keys: 7 records left.", "The registry says \"no\".")));
        HttpResponse<String> response = get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response))
                .isEqualTo(json("{\"status\":\"DOWN\",\"reasons\":"
                        + "[\"Store keys: 7 records left.\",\"The registry says \\\"no\\\".\"]}"));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void whatOnlyARestartMendsFailsLiveness() throws Exception {
        live.set(new Health(List.of("No thread is alive.")));
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void theTopologyIsTextOrADiagram() throws Exception {
        assertThat(get("/topology").body()).isEqualTo("Topologies: Ελλάδα\n");
        assertThat(get("/topology?format=text", "Accept", "application/vnd.mermaid")
                        .body())
                .startsWith("Topologies");
        for (HttpResponse<String> diagram :
                List.of(get("/topology?x=1&format=mermaid"), get("/topology", "Accept", "application/vnd.mermaid"))) {
            assertThat(diagram.body()).isEqualTo("flowchart LR\n");
            assertThat(header(diagram, "Content-Type")).isEqualTo("application/vnd.mermaid; charset=utf-8");
        }
    }

    @Test
    void anUnknownFormatIsNamedWithThoseThereAre() throws Exception {
        HttpResponse<String> response = get("/topology?format=pdf");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("detail").asText()).contains("pdf", "format=text", "format=mermaid");
    }

    @Test
    void theIndexNamesEveryPage() throws Exception {
        HttpResponse<String> response = get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).startsWith("text/plain");
        assertThat(response.body()).contains("/metrics", "/health/live", "/health/ready", "/topology");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/metrics/", "/health", "/%6detrics"})
    void anUnknownPathIsStatus404WithThePagesThereAre(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("detail").asText()).contains("/metrics", "/health/ready");
    }

    @Test
    void anErrorIsAProblemAsRfc9457Says() throws Exception {
        HttpResponse<String> response = get("/nowhere");
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(response).path("type").asText()).isEqualTo("about:blank");
        assertThat(json(response).path("title").asText()).isEqualTo("Not Found");
        assertThat(json(response).path("status").asInt()).isEqualTo(404);
        assertThat(json(response).path("detail").asText()).startsWith("There is no page /nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%2e%2e/metrics", "/a%2Fb", "/%00", "/metrics/%c3"})
    void aPathThatCouldBeTakenForAnotherIsRefused(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE"})
    void onlyReadingIsAllowed(String method) throws Exception {
        HttpResponse<String> response = send(request("/metrics").method(method, BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/topology", "/health/ready", "/nowhere"})
    void headSaysTheSameWithoutTheBody(String path) throws Exception {
        HttpResponse<String> full = get(path);
        HttpResponse<String> head = send(request(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(full.statusCode());
        assertThat(head.body()).isEmpty();
        for (String name : List.of("Content-Length", "Content-Type", "Cache-Control")) {
            assertThat(header(head, name)).isEqualTo(header(full, name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/topology", "/health/ready", "/nowhere"})
    void nothingIsKeptInACache(String path) throws Exception {
        assertThat(header(get(path), "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void afterCloseNobodyListens() {
        endpoint.close();
        endpoint.close();
        assertThatThrownBy(() -> get("/")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aTakenPortIsNamedWithTheSetting() {
        assertThatThrownBy(() -> HttpEndpoint.start(on("127.0.0.1", endpoint.port()), List.of()))
                .isInstanceOf(HttpEndpointException.class)
                .hasMessageContaining("127.0.0.1:" + endpoint.port())
                .hasMessageContaining("keyward.http.port");
    }

    @Test
    void anUnknownHostIsNamedWithTheSetting() {
        assertThatThrownBy(() -> HttpEndpoint.start(on("no-such-host.invalid", 0), List.of()))
                .isInstanceOf(HttpEndpointException.class)
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("keyward.http.host");
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint.uri() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return json(response.body());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static HttpOptions on(String host, int port) {
        return new HttpOptions(host, port, HttpFiles.NONE, HttpNames.PROCESSOR, 0);
    }
}
