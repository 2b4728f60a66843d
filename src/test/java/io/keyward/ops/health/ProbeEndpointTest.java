package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.ops.http.HttpEndpointException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeEndpointTest {
    private final HealthSource health = new FixedHealth(
            Health.GOOD, new Health(List.of("Schema registry: http://registry.internal does not answer.")));
    private final ProbeEndpoint endpoint = ProbeEndpoint.start("127.0.0.1", 0, health);
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
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
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
    @ValueSource(strings = {"/", "/metrics", "/topology", "/health", "/health/live/", "/health/live?x=1"})
    void thereIsNothingElseToRead(String path) throws Exception {
        HttpResponse<String> response = send(request(path));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("/health/live", "/health/ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /health/live HTTP/1.1", "GET /health/live", "", "\u0016\u0003\u0001"})
    void whatIsNoProbeIsRefused(String line) throws Exception {
        assertThat(answer(line + "\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aRequestMayComeInPieces() throws Exception {
        assertThat(answer("GET /health/li", "ve HTTP/1.0\r\nHost: a\r", "\n\r", "\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("{\"status\":\"UP\"}\n");
    }

    @Test
    void aRequestWithoutAnEndGetsNoAnswer() throws Exception {
        try (Socket socket = connected()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /health/live HTTP/1.1\r\nX: ".getBytes(StandardCharsets.ISO_8859_1));
            out.write("x".repeat(4096).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(isClosed(socket)).isTrue();
        }
        assertThat(send(request("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void theOldestConnectionMakesRoomForAnother() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int client = 0; client <= ProbeEndpoint.MAX_OPEN; client++) {
                silent.add(connected());
            }
            assertThat(isClosed(silent.getFirst())).isTrue();
            assertThat(send(request("/health/live")).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void afterCloseNobodyListens() {
        endpoint.close();
        endpoint.close();
        assertThatThrownBy(() -> send(request("/health/live"))).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "no-such-host.invalid"})
    void anAddressThatCannotBeUsedIsNamedWithTheSettings(String host) {
        assertThatThrownBy(() -> ProbeEndpoint.start(host, endpoint.port(), health))
                .isInstanceOf(HttpEndpointException.class)
                .hasMessageContaining(host + ":" + endpoint.port())
                .hasMessageContainingAll("keyward.http.probe-port", "keyward.http.host");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String answer(String... pieces) throws IOException {
        try (Socket socket = connected()) {
            socket.setTcpNoDelay(true);
            for (String piece : pieces) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connected() throws IOException {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), endpoint.port());
    }

    /// Waits until the other end closes the socket. A reset counts too: it happens when the other end had not
    /// read everything.
    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
