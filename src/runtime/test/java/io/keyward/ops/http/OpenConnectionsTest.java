package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of clients that send or read slowly.
class OpenConnectionsTest {
    private static final int MOST = 20;
    private static final int FAR_TOO_LARGE_FOR_ANY_BUFFER = 20_000_000;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final List<RawClient> clients = new ArrayList<>();
    private HttpEndpoint endpoint = opened(Duration.ofMinutes(5));

    /// How a client is slow: what it has sent when it begins to be.
    enum Slow {
        BEFORE_ANYTHING(""),
        IN_ITS_HEADERS("GET /here HTTP/1.1\r\nX: "),
        IN_ITS_BODY("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n"),
        IN_READING("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        BETWEEN_REQUESTS("GET /here HTTP/1.1\r\nHost: localhost\r\n\r\n");

        private final String beginning;

        Slow(String beginning) {
            this.beginning = beginning;
        }
    }

    @AfterEach
    void close() throws IOException {
        released.countDown();
        for (RawClient client : clients) {
            client.close();
        }
        endpoint.close();
    }

    @ParameterizedTest
    @EnumSource(Slow.class)
    void slowClientsAreCutAndOthersAreNot(Slow slow) throws Exception {
        reopen(Duration.ofSeconds(1));
        connect(slow, MOST / 2);
        awaitThatAreCut(MOST / 2);
        assertThat(get()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Slow.class)
    void theConnectionsThatBeganFirstMakeRoomForOthers(Slow slow) throws Exception {
        connect(slow, 3 * MOST);
        assertThat(get()).isEqualTo(200);
        awaitThatAreCut(2 * MOST);
    }

    @Test
    void aRequestIsAnsweredBesideClientsThatCameLater() throws Exception {
        RawClient first = connected();
        first.send("GET /waits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        arrived.await();
        connect(Slow.IN_ITS_HEADERS, MOST - 1);
        released.countDown();
        assertThat(first.rest()).endsWith("waited");
    }

    @Test
    void theEndOfTheEndpointWaitsForTheRequestsThatItInterrupts() throws Exception {
        connected().send("GET /waits HTTP/1.1\r\nHost: localhost\r\n\r\n");
        arrived.await();
        endpoint.close();
        assertThat(interrupted).isTrue();
    }

    private void reopen(Duration longest) {
        endpoint.close();
        endpoint = opened(longest);
    }

    private HttpEndpoint opened(Duration longest) {
        return HttpEndpoint.start(
                LocalHttp.options(HttpFiles.NONE),
                List.of(
                        EchoEndpoint.get("/here", _ -> "here"),
                        EchoEndpoint.get("/large", _ -> "x".repeat(FAR_TOO_LARGE_FOR_ANY_BUFFER)),
                        EchoEndpoint.get("/waits", _ -> {
                            arrived.countDown();
                            awaitReleased();
                            return "waited";
                        }),
                        EchoEndpoint.post("/form", _ -> "received")),
                Gate.OPEN,
                new OpenConnections(MOST, longest));
    }

    private void connect(Slow slow, int count) throws IOException {
        for (int client = 0; client < count; client++) {
            connected().send(slow.beginning);
        }
    }

    private RawClient connected() throws IOException {
        RawClient client = new RawClient(endpoint.port());
        clients.add(client);
        return client;
    }

    private void awaitThatAreCut(int count) {
        await("connections that are cut")
                .until(() -> clients.stream().filter(RawClient::isCut).count() >= count);
    }

    private int get() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(endpoint.uri() + "/here"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private void awaitReleased() {
        try {
            released.await();
        } catch (InterruptedException closed) {
            interrupted.set(true);
        }
    }
}
