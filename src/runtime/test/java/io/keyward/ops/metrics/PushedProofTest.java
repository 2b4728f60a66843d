package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is pushed to a Pushgateway, of which something stands in that answers as it does.
class PushedProofTest {
    private static final Instant HELD = Instant.parse("2026-12-01T03:20:00Z");

    private final List<String> requests = new ArrayList<>();
    private HttpServer gateway;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void whatTheDocumentNamesIsPushedToTheGroup() throws Exception {
        push(new PushedProof(50_000, 0, 0, Duration.ofMillis(4_500), Optional.of(HELD)));
        assertThat(requests.getFirst()).isEqualTo("POST /metrics/job/keyward-proof/proof/state");
        Scrape pushed = new Scrape(requests.getLast());
        assertThat(pushed.types())
                .containsExactlyInAnyOrderEntriesOf(DocumentedMetrics.of("## Of a proof", "keyward_proof_"));
        assertThat(pushed.samples())
                .containsEntry("keyward_proof_environments", 50_000.0)
                .containsEntry("keyward_proof_duration_seconds", 4.5)
                .containsEntry("keyward_proof_held_timestamp_seconds", (double) HELD.getEpochSecond());
        Promtool.assertHasNothingToSayAbout(pushed);
    }

    /// POST leaves at the gateway what it does not name.
    @Test
    void aProofThatDoesNotHoldLeavesWhenItLastDid() throws Exception {
        push(new PushedProof(50_000, 2, 1, Duration.ofSeconds(4), Optional.empty()));
        assertThat(new Scrape(requests.getLast()).samples())
                .containsEntry("keyward_proof_differences", 2.0)
                .containsEntry("keyward_proof_unverifiable", 1.0)
                .doesNotContainKey("keyward_proof_held_timestamp_seconds");
    }

    @Test
    void whatTheGatewayRefusesIsAFailureThatSaysWhy() {
        status = 400;
        answer = "pushed metrics are invalid";
        assertThatThrownBy(() -> push(new PushedProof(1, 0, 0, Duration.ZERO, Optional.empty())))
                .isInstanceOf(IOException.class)
                .hasMessage("status 400: pushed metrics are invalid");
    }

    private void push(PushedProof proof) throws Exception {
        proof.push(URI.create("http://127.0.0.1:%d/metrics/job/keyward-proof/proof/state"
                .formatted(gateway.getAddress().getPort())));
    }
}
