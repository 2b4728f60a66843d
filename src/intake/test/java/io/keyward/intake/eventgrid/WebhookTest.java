package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Item;
import io.keyward.testing.CapturedLog;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may send to a webhook, and how it agrees to be sent to.
class WebhookTest {
    private static final String PATH = "/intake/eventgrid/contoso";
    private static final String SECRET = ServedWebhooks.secret("contoso");

    @TempDir
    private Path secrets;

    private final FakePublisher publisher = new FakePublisher();
    private final RecordingObserver observer = new RecordingObserver();
    private ServedWebhooks webhooks;

    @BeforeEach
    void open() throws IOException {
        ServedWebhooks.write(secrets, "contoso", SECRET, "another-secret-of-contoso");
        ServedWebhooks.write(secrets, "fabrikam", ServedWebhooks.secret("fabrikam"));
        webhooks = new ServedWebhooks(secrets, publisher, observer, ServedWebhooks.LIMITS);
    }

    @AfterEach
    void close() {
        webhooks.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventgrid.azure.net", "other.example.com"})
    void aWantedSenderGetsConsentInTheHandshakeOfCloudEvents(String origin) throws Exception {
        HttpResponse<String> answer = handshake(webhooks.request("contoso").header("WebHook-Request-Origin", origin));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "WebHook-Allowed-Origin")).isEqualTo(origin);
        assertThat(header(answer, "WebHook-Allowed-Rate")).isEqualTo("100000");
        assertThat(header(answer, "Allow")).isEqualTo("POST, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.com", "x.eventgrid.azure.net", "eventgrid.azure.net.evil.example", "*", " "})
    void anotherSenderGetsNoConsent(String origin) throws Exception {
        assertHasNoConsent(handshake(webhooks.request("contoso").header("WebHook-Request-Origin", origin)));
    }

    @Test
    void withoutASenderThereIsNoConsent() throws Exception {
        assertHasNoConsent(handshake(webhooks.request("contoso").header("WebHook-Request-Callback", "http://[::1]/")));
    }

    @Test
    void aHandshakeNeedsTheSecret() throws Exception {
        HttpResponse<String> answer =
                handshake(webhooks.anonymous(PATH).header("WebHook-Request-Origin", ServedWebhooks.ORIGIN));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WebHook-Allowed-Origin")).isEmpty();
    }

    @Test
    void theCodeIsReturnedInTheHandshakeOfEventGrid() throws Exception {
        HttpResponse<String> answer =
                webhooks.send(webhooks.delivery("contoso", GridSamples.validation("512d38b6-\\\"ü")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(new ObjectMapper().readTree(answer.body()))
                .isEqualTo(new ObjectMapper().createObjectNode().put("validationResponse", "512d38b6-\"ü"));
        assertThat(publisher.deliveries).isEmpty();
        assertThat(observer.deliveries).isEmpty();
    }

    @Test
    void theSecretCanBeShownInEachWay() throws Exception {
        String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        for (HttpRequest.Builder request : List.of(
                webhooks.anonymous(PATH).header("Authorization", "Bearer " + SECRET),
                webhooks.anonymous(PATH).header("authorization", "bearer another-secret-of-contoso"),
                webhooks.anonymous(PATH + "?code=" + encoded),
                webhooks.anonymous(PATH + "?a=b&code=another-secret-of-contoso&code=x"),
                webhooks.anonymous(PATH + "?access_token=" + encoded),
                webhooks.anonymous(PATH + "?code=" + encoded).header("Authorization", "Bearer a.token.of-entra"),
                webhooks.anonymous("/intake/eventgrid/conto%73o?code=" + encoded))) {
            assertThat(post(request).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anythingElseIsNoSecret() throws Exception {
        for (HttpRequest.Builder request : List.of(
                webhooks.anonymous(PATH),
                webhooks.anonymous(PATH + "?code="),
                webhooks.anonymous(PATH + "?code=" + SECRET + "x"),
                webhooks.anonymous(PATH + "?Code=another-secret-of-contoso"),
                webhooks.anonymous(PATH + "?another-secret-of-contoso"),
                webhooks.anonymous(PATH).header("Authorization", "another-secret-of-contoso"),
                webhooks.anonymous(PATH).header("Authorization", "Basic another-secret-of-contoso"),
                webhooks.anonymous(PATH).header("X-Code", "another-secret-of-contoso"),
                webhooks.anonymous(PATH).header("Authorization", "Bearer " + ServedWebhooks.secret("fabrikam")))) {
            HttpResponse<String> answer = post(request);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"keyward\"");
            assertThat(answer.body()).doesNotContain("secret-of", "contoso");
        }
        assertThat(publisher.deliveries).isEmpty();
        assertThat(observer.statuses).hasSize(9).containsOnly(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adatum", "Contoso", "contoso%20", "%20", "conto%C2%AD", "..."})
    void anUnknownTenantIsAnsweredLikeAWrongSecret(String tenant) throws Exception {
        // without a body, since whether one has arrived decides whether the connection goes on
        HttpResponse<String> unknown = webhooks.send(
                webhooks.anonymous("/intake/eventgrid/" + tenant + "?code=x").POST(BodyPublishers.noBody()));
        HttpResponse<String> wrong =
                webhooks.send(webhooks.anonymous(PATH + "?code=x").POST(BodyPublishers.noBody()));
        assertThat(unknown.statusCode()).isEqualTo(401).isEqualTo(wrong.statusCode());
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(wrong.headers().map().keySet());
    }

    @Test
    void aNameThatNoTenantCanHaveIsUnknown() throws Exception {
        assertThat(post(webhooks.anonymous("/intake/eventgrid/" + "x".repeat(201)))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /intake/eventgrid/contoso, 405",
        "HEAD, /intake/eventgrid/contoso, 405",
        "PUT, /intake/eventgrid/contoso, 405",
        "POST, /intake/eventgrid/contoso/, 404",
        "POST, /intake/eventgrid/, 404",
        "POST, /intake/eventgrid, 404",
        "POST, /intake/eventhubs/contoso, 404",
        "POST, /intake/eventgrid/a%2fb, 400",
        "POST, /intake/eventgrid/%00, 400",
        "GET, /, 200"
    })
    void otherPathsAndMethodsAreRefused(String method, String path, int status) throws Exception {
        assertThat(webhooks.send(webhooks.anonymous(path).method(method, BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(status);
        assertThat(observer.statuses).isEqualTo(status == 405 ? List.of(405) : List.of());
    }

    @Test
    void aRefusalNamesTheMethods() throws Exception {
        assertThat(header(webhooks.send(webhooks.request("contoso").GET()), "Allow"))
                .isEqualTo("POST, OPTIONS");
    }

    /// Event Grid sends an `Origin`, and a proxy passes on the host that it was called by.
    @Test
    void theSenderMayNameItselfAndTheHostThatItKnows() throws Exception {
        try (HttpSocket socket = new HttpSocket(webhooks.port())) {
            String body = GridSamples.cloudEvent("e1");
            socket.send("POST " + PATH + " HTTP/1.1\r\nHost: hooks.example.com\r\nOrigin: eventgrid.azure.net\r\n"
                    + "Authorization: Bearer " + SECRET + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(socket.read(false).orElseThrow().status()).isEqualTo(200);
        }
    }

    @Test
    void aNewSecretCountsSoon() throws Exception {
        assertThat(webhooks.deliver("adatum").statusCode()).isEqualTo(401);
        ServedWebhooks.write(secrets, "adatum", ServedWebhooks.secret("adatum"));
        await().until(() -> webhooks.deliver("adatum").statusCode() == 200);
    }

    @Test
    void noSecretIsLogged() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            publisher.outcome = () -> null;
            post(webhooks.anonymous(PATH + "?code=another-secret-of-contoso"));
            post(webhooks.request("contoso"));
            post(webhooks.anonymous(PATH + "?code=a-secret-that-is-wrong"));
            assertThat(log.lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.text())
                            .doesNotContain(
                                    "another-secret-of-contoso", SECRET, "a-secret-that-is-wrong", "Bearer", "code="));
        }
    }

    @Test
    void aDefectIsLoggedWithoutTheAddressesParameters() throws Exception {
        try (CapturedLog log = new CapturedLog();
                ServedWebhooks broken =
                        new ServedWebhooks(secrets, publisher, new BrokenObserver(), ServedWebhooks.LIMITS)) {
            HttpResponse<String> answer = broken.send(broken.anonymous(PATH + "?code=another-secret-of-contoso")
                    .POST(BodyPublishers.ofString(GridSamples.cloudEvent("e1"))));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains(PATH).doesNotContain("another-secret");
            assertThat(log.lines())
                    .filteredOn(line -> line.level().equals(Level.ERROR))
                    .singleElement()
                    .satisfies(line -> assertThat(line.text()).contains(PATH).doesNotContain("another-secret"));
        }
    }

    private static final class BrokenObserver implements IntakeObserver {
        @Override
        public void answered(int status) {}

        @Override
        public void item(String source, Item item) {
            throw new IllegalStateException("a defect");
        }

        @Override
        public void delivered(String source, Duration took) {}
    }

    private HttpResponse<String> handshake(HttpRequest.Builder request) throws Exception {
        return webhooks.send(request.method("OPTIONS", BodyPublishers.noBody()));
    }

    private HttpResponse<String> post(HttpRequest.Builder request) throws Exception {
        return webhooks.send(request.POST(BodyPublishers.ofString(GridSamples.cloudEvent("e1"))));
    }

    private static void assertHasNoConsent(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map())
                .doesNotContainKeys("webhook-allowed-origin", "webhook-allowed-rate")
                .containsEntry("allow", List.of("POST, OPTIONS"));
        assertThat(answer.body()).contains("keyward.intake.origins");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
