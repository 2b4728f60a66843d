package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.LocalHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbePageTest {
    private final HealthSource health = new FixedHealth(
            Health.GOOD, new Health(List.of("Schema registry: http://registry.internal does not answer.")));
    private final HttpEndpoint endpoint =
            HttpEndpoint.start(LocalHttp.options(HttpFiles.NONE), HealthPage.probes(health));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        endpoint.close();
    }

    @Test
    void goodHealthIsStatus200() throws Exception {
        HttpResponse<String> response = send(request("/health/live"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}\n");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void badHealthIsStatus503InOneWord() throws Exception {
        HttpResponse<String> response = send(request("/health/ready"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"status\":\"DOWN\"}\n");
    }

    @Test
    void headSaysTheSameWithoutTheBody() throws Exception {
        HttpResponse<String> response = send(request("/health/ready").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/topology", "/health", "/health/live/"})
    void thereIsNothingElseToRead(String path) throws Exception {
        HttpResponse<String> response = send(request(path));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("/health/live", "/health/ready");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint.uri() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
