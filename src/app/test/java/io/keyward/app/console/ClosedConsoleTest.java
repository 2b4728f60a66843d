package io.keyward.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import io.keyward.testing.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a console shows to others, from outside: with and without its token, with TLS, and to malformed requests. It
/// needs no cluster for that.
class ClosedConsoleTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int LARGEST_BODY = 1 << 20;

    @TempDir
    private static Path folder;

    private static SelfSigned certificate;
    private static Console open;
    private static Console closed;

    @BeforeAll
    static void start() throws Exception {
        certificate = SelfSigned.in(folder);
        open = Console.start(config("open", Map.of()));
        closed = Console.start(config(
                "closed",
                Map.of(
                        "keyward.console.token.file",
                        Files.writeString(folder.resolve("token"), TOKEN).toString(),
                        "keyward.console.tls.certificate.file",
                        certificate.certificate().toString(),
                        "keyward.console.tls.key.file",
                        certificate.key().toString())));
    }

    @AfterAll
    static void stop() {
        closed.close();
        open.close();
    }

    /// A path for each route, with a value for each variable.
    static List<String> routes() {
        return List.of(
                "/",
                "/openapi.json",
                "/metrics",
                "/api/v1/environments",
                "/api/v1/environments.csv",
                "/api/v1/environments/contoso/hr",
                "/api/v1/environments/contoso/hr/timeline",
                "/api/v1/tenants/contoso",
                "/api/v1/tenants/contoso/keys/kv.vault.azure.net/hr",
                "/api/v1/tenants/contoso/keys/kv.vault.azure.net/hr/disable",
                "/api/v1/deadlines",
                "/api/v1/deadlines.csv",
                "/api/v1/locked",
                "/api/v1/locked/environments",
                "/api/v1/locked/environments.csv",
                "/nowhere");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void withoutTheTokenThereIsNothingToRead(String path) throws Exception {
        HttpResponse<String> response = get(closed, path, Optional.empty());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("keyward.console.token.file").doesNotContain(TOKEN);
        assertThat(response.headers().allValues("WWW-Authenticate")).anyMatch(challenge -> challenge.contains("Basic"));
    }

    @Test
    void withoutTheTokenNothingCanBeAsked() throws Exception {
        assertThat(post(closed, "/api/v1/whatif", "{}", Optional.empty()).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void withTheTokenEveryRouteAnswers(String path) throws Exception {
        String basic = Base64.getEncoder().encodeToString(("anybody:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        for (String authorization : List.of("Bearer " + TOKEN, "Basic " + basic)) {
            assertThat(get(closed, path, Optional.of(authorization)).statusCode())
                    .as("%s, %s", path, authorization)
                    .isIn(200, 404, 503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void strangersLearnOneWordAboutItsHealth(String path) throws Exception {
        HttpResponse<String> response = get(closed, path, Optional.empty());
        assertThat(response.statusCode()).isIn(200, 503);
        assertThat(response.body()).doesNotContain("reasons");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyAnswerForbidsForeignContent(String path) throws Exception {
        HttpResponse<String> response = get(open, path, Optional.empty());
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'self'")
                        .doesNotContain("unsafe", "http:", "https:", "*"));
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "POST"})
    void nothingCanBeChanged(String method) throws Exception {
        HttpResponse<String> response = send(
                open,
                HttpRequest.newBuilder(URI.create(open.uri() + "/api/v1/environments"))
                        .method(method, BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/assets/../../../../etc/passwd",
                "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%2f..%2fetc%2fpasswd",
                "/assets//etc/passwd",
                "/api/v1/environments/contoso/..",
                "/api/v1/environments/contoso%2fhr/x"
            })
    void noPathLeadsOutOfTheConsole(String path) throws IOException {
        String response = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(response).doesNotContain("root:").matches("(?s)HTTP/1.1 (400|404|503) .*");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/environments?q=, 20000, 414", "/, 20000, 431"})
    void requestsThatAreTooLongAreRefused(String path, int length, int status) throws IOException {
        String much = "x".repeat(length);
        String request = status == 414
                ? "GET " + path + much + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                : "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Much: " + much + "\r\nConnection: close\r\n\r\n";
        assertThat(raw(request)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(post(open, "/api/v1/whatif", "x".repeat(LARGEST_BODY + 1), Optional.empty())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aPageOfAnotherNameAtThisAddressReadsNothing() throws IOException {
        assertThat(raw("GET /api/v1/environments HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
    }

    @Test
    void aFormOfAnotherSiteAsksNothing() throws Exception {
        HttpResponse<String> response = send(
                open,
                HttpRequest.newBuilder(URI.create(open.uri() + "/api/v1/whatif"))
                        .header("Origin", "https://evil.example")
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(403);
    }

    private static KeywardConfig config(String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "keyward.kafka.bootstrap.servers", "127.0.0.1:1",
                "keyward.registry.url", "http://127.0.0.1:1",
                "keyward.console.state.dir", folder.resolve(name).toString(),
                "keyward.console.memory", "16 MiB",
                "keyward.console.port", "0"));
        settings.putAll(more);
        Properties properties = new Properties();
        properties.putAll(settings);
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    private static HttpResponse<String> get(Console console, String path, Optional<String> authorization)
            throws Exception {
        return send(console, authorized(console, path, authorization));
    }

    private static HttpResponse<String> post(Console console, String path, String body, Optional<String> authorization)
            throws Exception {
        return send(console, authorized(console, path, authorization).POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder authorized(Console console, String path, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(console.uri() + path));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private static HttpResponse<String> send(Console console, HttpRequest.Builder request) throws Exception {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (console.uri().getScheme().equals("https")) {
            client.sslContext(certificate.trusted());
        }
        try (HttpClient http = client.build()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    /// Sends what no client library would.
    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), open.uri().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
