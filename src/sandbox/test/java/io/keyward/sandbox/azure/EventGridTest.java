package io.keyward.sandbox.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a webhook whose answers are written beforehand.
class EventGridTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    /// The statuses that the webhook still answers, then always 200.
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer webhook;

    @BeforeEach
    void start() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        webhook.createContext("/", this::answer);
        webhook.start();
    }

    @AfterEach
    void stop() {
        webhook.stop(0);
    }

    @Test
    void cloudEventsAreSentAfterTheHandshakeWithTheSecretInAHeader() throws Exception {
        try (EventGrid grid = grid(EventSchema.CLOUD_EVENTS)) {
            deliver(grid, "e-1");
            deliver(grid, "e-2");
        }
        assertThat(received)
                .containsExactly(
                        "OPTIONS /contoso Bearer s3cret origin eventgrid.azure.net ",
                        "POST /contoso Bearer s3cret application/cloudevents+json; charset=utf-8 {\"id\":\"e-1\"}",
                        "POST /contoso Bearer s3cret application/cloudevents+json; charset=utf-8 {\"id\":\"e-2\"}");
    }

    @Test
    void eventGridsSchemaIsSentAfterItsHandshakeWithTheSecretInTheAddress() throws Exception {
        try (EventGrid grid = grid(EventSchema.EVENT_GRID)) {
            deliver(grid, "e-1");
        }
        assertThat(received)
                .hasSize(2)
                .first()
                .asString()
                .startsWith("POST /contoso?code=s3cret application/json; charset=utf-8 [{")
                .contains("Microsoft.EventGrid.SubscriptionValidationEvent");
        assertThat(received)
                .last()
                .isEqualTo("POST /contoso?code=s3cret application/json; charset=utf-8 [{\"id\":\"e-1\"}]");
    }

    @Test
    void whatIsNotTakenIsSentAgain() throws Exception {
        // The handshake twice, then the event three times.
        statuses.addAll(List.of(503, 200, 503, 429, 200));
        try (EventGrid grid = grid(EventSchema.CLOUD_EVENTS)) {
            deliver(grid, "e-1");
        }
        assertThat(received)
                .extracting(line -> line.substring(0, line.indexOf(" ")))
                .containsExactly("OPTIONS", "OPTIONS", "POST", "POST", "POST");
    }

    @Test
    void whatIsRefusedIsDropped() throws Exception {
        statuses.addAll(List.of(200, 401));
        try (EventGrid grid = grid(EventSchema.CLOUD_EVENTS)) {
            CompletableFuture<Void> first = new CompletableFuture<>();
            grid.deliver(event("e-1"), () -> first.complete(null));
            deliver(grid, "e-2");
            assertThat(first).isNotDone();
        }
        assertThat(received).hasSize(3).last().asString().endsWith("{\"id\":\"e-2\"}");
    }

    private EventGrid grid(EventSchema schema) {
        URI address = URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/contoso");
        return new EventGrid(new Subscription(CONTOSO, address, "s3cret", schema), Duration.ofMillis(1));
    }

    private static void deliver(EventGrid grid, String id) throws Exception {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        grid.deliver(event(id), () -> taken.complete(null));
        taken.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static ObjectNode event(String id) {
        return JsonNodeFactory.instance.objectNode().put("id", id);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(shown(exchange, body));
            Integer status = statuses.poll();
            byte[] reply = consent(exchange, body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status == null ? 200 : status, reply.length == 0 ? -1 : reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private static String shown(HttpExchange exchange, String body) {
        StringBuilder line = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " ");
        add(line, exchange, "Authorization", "");
        add(line, exchange, "WebHook-Request-Origin", "origin ");
        add(line, exchange, "Content-Type", "");
        return line + body;
    }

    private static void add(StringBuilder line, HttpExchange exchange, String header, String prefix) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
            line.append(prefix).append(value).append(' ');
        }
    }

    private static String consent(HttpExchange exchange, String body) throws IOException {
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "eventgrid.azure.net");
            return "";
        }
        JsonNode code = new JsonMapper().readTree(body).at("/0/data/validationCode");
        return code.isMissingNode() ? "" : "{\"validationResponse\":\"" + code.asText() + "\"}";
    }
}
