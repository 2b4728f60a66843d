package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.Publisher.Origin;
import io.keyward.testing.CapturedLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of deliveries: answers, bodies, and how much is taken.
class DeliveriesTest {
    private static final int AT_ONCE = 8;

    @TempDir
    private Path secrets;

    private final FakePublisher publisher = new FakePublisher();
    private final RecordingObserver observer = new RecordingObserver();
    private final CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
    private ServedWebhooks webhooks;

    @BeforeEach
    void open() throws IOException {
        for (String tenant : List.of("contoso", "fabrikam")) {
            ServedWebhooks.write(secrets, tenant, ServedWebhooks.secret(tenant));
        }
        webhooks = new ServedWebhooks(secrets, publisher, observer, ServedWebhooks.LIMITS);
    }

    @AfterEach
    void close() {
        webhooks.close();
    }

    @Test
    void aDeliveryIsPublishedAndThenAnswered() throws Exception {
        HttpResponse<String> answer = webhooks.send(webhooks.delivery(
                "contoso", GridSamples.batch(List.of(GridSamples.gridEvent("e1"), GridSamples.cloudEvent("e2"), "7"))));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("2 events are taken; 1 are dead letters.\n");
        assertThat(publisher.deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.tenant()).isEqualTo(new TenantId("contoso"));
            assertThat(delivery.origin()).isEqualTo(new Origin("event-grid", "/intake/eventgrid/contoso", List.of()));
            assertThat(delivery.items()).hasSize(3);
            assertThat(delivery.items().getLast().finding()).isInstanceOf(Finding.Refused.class);
        });
        assertThat(observer.statuses).containsExactly(200);
        assertThat(observer.items)
                .containsExactly(
                        "event-grid " + GridSamples.TYPE, "event-grid " + GridSamples.TYPE, "event-grid other");
        assertThat(observer.deliveries).containsExactly("event-grid");
    }

    @Test
    void theTraceOfARequestIsPassedOnUnlessItIsTooLong() throws Exception {
        webhooks.send(webhooks.request("contoso")
                .header("traceparent", "00-1-2-01")
                .header("tracestate", "a".repeat(513))
                .POST(BodyPublishers.ofString(GridSamples.cloudEvent("e1"))));
        assertThat(publisher.deliveries.getFirst().origin().headers())
                .singleElement()
                .satisfies(header -> {
                    assertThat(header.name()).isEqualTo("traceparent");
                    assertThat(header.value()).asString().isEqualTo("00-1-2-01");
                });
    }

    @Test
    void thereIsNoAnswerBeforeKafkas() throws Exception {
        publisher.outcome = () -> acknowledgement;
        CompletableFuture<HttpResponse<String>> answer = sendAsync("contoso");
        await().until(() -> publisher.deliveries.size() == 1);
        assertThat(answer).isNotDone();
        assertThat(observer.items).isEmpty();
        acknowledgement.complete(null);
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "null", "[]", "{}", "{\"id\":", "\"\u00e9\"", "[[[[[[[[", "\ufeff{}"})
    void aBodyThatIsNoEventIsTakenAsItIs(String body) throws Exception {
        assertThat(webhooks.send(webhooks.delivery("contoso", body)).statusCode())
                .isEqualTo(200);
        assertThat(publisher.deliveries).hasSize(1);
    }

    @Test
    void whileKafkaFailsADeliveryMustComeAgain() throws Exception {
        List<Supplier<CompletableFuture<Void>>> failures = List.of(
                () -> CompletableFuture.failedFuture(new IOException("no broker")),
                () -> {
                    throw new IllegalStateException("the buffer is full");
                },
                () -> null);
        try (CapturedLog log = new CapturedLog()) {
            for (Supplier<CompletableFuture<Void>> failure : failures) {
                publisher.outcome = failure;
                assertUnavailable(webhooks.deliver("contoso"));
            }
            publisher.outcome = () -> CompletableFuture.completedFuture(null);
            assertThat(webhooks.deliver("contoso").statusCode()).isEqualTo(200);
            // Clients of earlier tests may log something, too.
            assertThat(log.lines())
                    .filteredOn(line -> line.logger().equals(Deliveries.class.getName()))
                    .extracting(CapturedLog.Line::level)
                    .as("an outage and its end are logged once")
                    .containsExactly(Level.WARN, Level.INFO);
        }
        assertThat(observer.statuses).containsExactly(503, 503, 503, 200);
        assertThat(observer.items).hasSize(1);
        assertThat(observer.deliveries).hasSize(1);
    }

    @Test
    void aDeliveryThatKafkaNeverAnswersMustComeAgain() throws Exception {
        reopen(Duration.ofMillis(100), 100_000);
        publisher.outcome = () -> acknowledgement;
        assertUnavailable(webhooks.deliver("contoso"));
        assertThat(acknowledgement).isNotDone();
    }

    @Test
    void aTenantThatWaitsForKafkaLeavesPlacesToOthers() throws Exception {
        publisher.outcome = () -> acknowledgement;
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int request = 0; request < AT_ONCE; request++) {
            waiting.add(sendAsync("contoso"));
        }
        await().until(() -> publisher.deliveries.size() == AT_ONCE);
        assertTooMany(webhooks.deliver("contoso"));
        publisher.outcome = () -> CompletableFuture.completedFuture(null);
        assertThat(webhooks.deliver("fabrikam").statusCode()).isEqualTo(200);
        acknowledgement.complete(null);
        assertThat(waiting)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(webhooks.deliver("contoso").statusCode()).isEqualTo(200);
    }

    @Test
    void aTenantThatSendsSlowlyLeavesPlacesToOthersUntilItIsGone() throws Exception {
        List<HttpSocket> slow = new ArrayList<>();
        for (int client = 0; client < AT_ONCE; client++) {
            slow.add(new HttpSocket(webhooks.port()));
            slow.getLast().send(head("contoso", "Content-Length: 100") + "{\"id\":");
        }
        await().until(() -> webhooks.deliver("contoso").statusCode() == 429);
        assertThat(webhooks.deliver("fabrikam").statusCode()).isEqualTo(200);
        for (HttpSocket client : slow) {
            client.close();
        }
        await().until(() -> webhooks.deliver("contoso").statusCode() == 200);
        assertThat(publisher.deliveries)
                .allSatisfy(delivery -> assertThat(delivery.items())
                        .extracting(item -> item.finding().getClass().getSimpleName())
                        .containsExactly("Fact"));
    }

    @Test
    void aTenantMaySendSoManyInAMinute() throws Exception {
        reopen(Duration.ofMinutes(5), 3);
        for (int client = 0; client < 10; client++) {
            webhooks.send(webhooks.anonymous("/intake/eventgrid/contoso").POST(BodyPublishers.noBody()));
        }
        webhooks.send(webhooks.request("contoso").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(webhooks.deliver("contoso").statusCode()).isEqualTo(200);
        assertThat(webhooks.deliver("contoso").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = webhooks.deliver("contoso");
        assertTooMany(answer);
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 20);
        assertThat(webhooks.deliver("fabrikam").statusCode()).isEqualTo(200);
        assertThat(publisher.deliveries).hasSize(3);
        assertThat(observer.statuses).contains(429);
    }

    @Test
    void aBodyUpToTheLimitIsTaken() throws Exception {
        String largest = " ".repeat(ServedWebhooks.LARGEST_BODY - 2) + "{}";
        assertThat(webhooks.send(webhooks.delivery("contoso", largest)).statusCode())
                .isEqualTo(200);
        assertThat(webhooks.send(webhooks.delivery("contoso", " " + largest)).statusCode())
                .isEqualTo(413);
        assertThat(publisher.deliveries).hasSize(1);
        assertThat(observer.statuses).containsExactly(200, 413);
    }

    @Test
    void aBodyMayComeInChunks() throws Exception {
        byte[] body = GridSamples.cloudEvent("e1").getBytes(StandardCharsets.UTF_8);
        assertThat(webhooks.send(webhooks.request("contoso")
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                        .statusCode())
                .isEqualTo(200);
        assertThat(publisher.deliveries.getFirst().items().getFirst().received())
                .isEqualTo(body);
    }

    @Test
    void aSecretAndARateAreCheckedBeforeTheBody() throws Exception {
        reopen(Duration.ofMinutes(5), 1);
        for (int status : List.of(401, 413, 429)) {
            try (HttpSocket socket = new HttpSocket(webhooks.port())) {
                socket.send(head(status == 401 ? "adatum" : "contoso", "Transfer-Encoding: chunked"));
                if (status == 413) {
                    socket.send("2000\r\n" + "x".repeat(0x2000) + "\r\n");
                }
                assertThat(socket.read(false).orElseThrow().status()).isEqualTo(status);
            }
        }
    }

    private void reopen(Duration timeout, int rate) {
        webhooks.close();
        webhooks = new ServedWebhooks(
                secrets, publisher, observer, new Limits(ServedWebhooks.LIMITS.origins(), timeout, rate));
    }

    private CompletableFuture<HttpResponse<String>> sendAsync(String tenant) {
        return webhooks.client()
                .sendAsync(webhooks.delivery(tenant, GridSamples.cloudEvent("e1")), BodyHandlers.ofString());
    }

    private static String head(String tenant, String length) {
        return "POST /intake/eventgrid/" + tenant + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + ServedWebhooks.secret(tenant) + "\r\n" + length + "\r\n\r\n";
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        assertThat(answer.body()).contains("send them again");
    }

    private static void assertTooMany(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("in a minute");
    }
}
