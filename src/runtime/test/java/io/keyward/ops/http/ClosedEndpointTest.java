package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.ops.health.FixedHealth;
import io.keyward.ops.health.Health;
import io.keyward.ops.health.HealthPage;
import io.keyward.testing.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients see with and without the token, and with and without TLS.
class ClosedEndpointTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final List<Endpoint> PAGES = List.of(
            HealthPage.readiness(new FixedHealth(
                    Health.GOOD, new Health(List.of("Schema registry: http://registry.internal does not answer.")))),
            TopologyPage.of(() -> "Topologies", () -> "flowchart"));

    private static SelfSigned certificate;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void make() throws Exception {
        certificate = SelfSigned.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/topology", "/nowhere"})
    void withoutTheTokenThereIsNothingToRead(String path) throws Exception {
        try (HttpEndpoint endpoint = opened(withToken(TOKEN))) {
            HttpResponse<String> response = get(endpoint, path);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .contains("Basic realm=\"keyward\", charset=\"UTF-8\", Bearer realm=\"keyward\"");
            assertThat(response.body()).contains("keyward.http.token.file").doesNotContain(TOKEN, "Topologies");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer 0123456789abcdef0123456789abcdee",
                "Bearer 0123456789abcdef",
                "Bearer",
                "Bearer ",
                "Basic 0123456789abcdef0123456789abcdef",
                "Basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", // the token without a user
                "Basic OjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVl", // another password
                "Basic !",
                "0123456789abcdef0123456789abcdef"
            })
    void anythingButTheTokenIsNoToken(String authorization) throws Exception {
        try (HttpEndpoint endpoint = opened(withToken(TOKEN))) {
            assertThat(get(endpoint, "/topology", "Authorization", authorization)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withTheTokenEverythingCanBeRead() throws Exception {
        try (HttpEndpoint endpoint = opened(withToken(TOKEN + "\n"))) {
            for (String authorization :
                    List.of("Bearer " + TOKEN, "bearer  " + TOKEN, basic(":" + TOKEN), basic("anybody:" + TOKEN))) {
                assertThat(get(endpoint, "/topology", "Authorization", authorization)
                                .body())
                        .isEqualTo("Topologies");
            }
            assertThat(get(endpoint, "/health/ready", "Authorization", "Bearer " + TOKEN)
                            .body())
                    .contains("registry.internal");
        }
    }

    @Test
    void aProbeNeedsNoTokenAndLearnsNoReasons() throws Exception {
        try (HttpEndpoint endpoint = opened(withToken(TOKEN))) {
            HttpResponse<String> response = get(endpoint, "/health/ready");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("{\"status\":\"DOWN\"}\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "tooshort", "0123456789 abcdef", "0123456789abcdef\n0123456789abcdef"})
    void aFileWithoutAUsableTokenIsRefusedAndItsContentIsNotShown(String content) {
        assertThatThrownBy(() -> opened(withToken(content)))
                .isInstanceOf(HttpEndpointException.class)
                .hasMessageStartingWith("keyward.http.token.file = " + folder.resolve("token"))
                .hasMessageContaining("openssl rand -hex 32")
                .hasMessageNotContaining("0123456789");
    }

    @Test
    void aCertificateInPemIsServed() throws Exception {
        assertServes(new HttpFiles(
                Optional.of(certificate.certificate()),
                Optional.of(certificate.key()),
                Optional.empty(),
                Optional.empty()));
    }

    @Test
    void keyAndCertificateCanShareOnePemFile() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(certificate.key()) + Files.readString(certificate.certificate()));
        assertServes(new HttpFiles(Optional.of(both), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void aCertificateInAKeyStoreIsServed() throws Exception {
        assertServes(new HttpFiles(
                Optional.of(certificate.store()),
                Optional.empty(),
                Optional.of(certificate.password()),
                Optional.empty()));
    }

    @Test
    void plainHttpGetsNoAnswerWhereACertificateIsServed() throws Exception {
        try (HttpEndpoint endpoint = opened(new HttpFiles(
                Optional.of(certificate.certificate()),
                Optional.of(certificate.key()),
                Optional.empty(),
                Optional.empty()))) {
            URI plain = URI.create("http://127.0.0.1:" + endpoint.port() + "/topology");
            assertThatThrownBy(() -> send(HttpClient.newHttpClient(), plain)).isInstanceOf(IOException.class);
            URI secure = URI.create(endpoint.uri() + "/topology");
            assertThatThrownBy(() -> send(HttpClient.newHttpClient(), secure))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aCertificateThatCannotBeUsedIsNamedWithWhatIsAccepted() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.crt"), "no certificate");
        Path missing = folder.resolve("missing.crt");
        for (Path file : List.of(garbage, missing, certificate.certificate(), certificate.store())) {
            assertThatThrownBy(() -> opened(
                            new HttpFiles(Optional.of(file), Optional.empty(), Optional.empty(), Optional.empty())))
                    .isInstanceOf(HttpEndpointException.class)
                    .hasMessageStartingWith("keyward.http.tls.certificate.file = " + file + ": ");
        }
    }

    @Test
    void aKeyFileThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> opened(new HttpFiles(
                        Optional.of(certificate.certificate()),
                        Optional.of(folder.resolve("missing.key")),
                        Optional.empty(),
                        Optional.empty())))
                .isInstanceOf(HttpEndpointException.class)
                .hasMessageStartingWith("keyward.http.tls.key.file = " + folder.resolve("missing.key"));
    }

    private void assertServes(HttpFiles files) throws Exception {
        try (HttpEndpoint endpoint = opened(files)) {
            assertThat(endpoint.uri().getScheme()).isEqualTo("https");
            assertThat(send(
                                    HttpClient.newBuilder()
                                            .sslContext(certificate.trusted())
                                            .build(),
                                    URI.create(endpoint.uri() + "/topology"))
                            .body())
                    .isEqualTo("Topologies");
        }
    }

    private static HttpEndpoint opened(HttpFiles files) {
        return HttpEndpoint.start(LocalHttp.options(files), PAGES);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpFiles withToken(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), content);
        return new HttpFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(file));
    }

    private static HttpResponse<String> get(HttpEndpoint endpoint, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.uri() + path));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> send(HttpClient client, URI uri) throws Exception {
        try (client) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
