package io.keyward.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/// The Prometheus that is installed on this machine, which scrapes and evaluates every second.
public final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final URI uri;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    public static boolean isInstalled() {
        return new InstalledProgram("prometheus").isInstalled();
    }

    /// The configuration of a job that reads this host and port.
    public static String job(String name, String target) {
        return "  - {job_name: %s, static_configs: [{targets: [\"%s\"]}]}%n".formatted(name, target);
    }

    /// Where it keeps its samples; blocks that lie there at its start are its past.
    public static Path storage(Path folder) {
        return folder.resolve("prometheus");
    }

    /// Starts it with these rules and jobs, the latter as YAML.
    public static PrometheusServer start(Path folder, String jobs, Path rules) throws IOException {
        int port = FreePorts.one();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                %s
                """.formatted(rules.toAbsolutePath(), jobs));
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + storage(folder),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(process, URI.create("http://127.0.0.1:" + port));
        Awaitility.await().ignoreExceptions().until(server::isReady);
        return server;
    }

    /// The samples that an expression gives now.
    ///
    /// @throws IllegalArgumentException with the reason, if it is not one
    public JsonNode query(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalArgumentException(answer.path("error").asText());
        }
        return answer.at("/data/result");
    }

    /// The groups of rules, each with its last evaluation.
    public JsonNode ruleGroups() {
        return get("/api/v1/rules").at("/data/groups");
    }

    /// The alerts that are pending or firing, each with its labels and state.
    public JsonNode alerts() {
        return get("/api/v1/alerts").at("/data/alerts");
    }

    /// The targets of the jobs, each with the error of its last scrape.
    public JsonNode targets() {
        return get("/api/v1/targets").at("/data/activeTargets");
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
    }

    private boolean isReady() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/-/ready")).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri.resolve(path)).build();
            return JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
