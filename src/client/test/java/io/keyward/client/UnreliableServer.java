package io.keyward.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import example.CloudEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Receives CloudEvents, and fails half of the time: it answers with 500, or takes the event and never answers.
final class UnreliableServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SILENT_MOST = 5;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<JsonNode> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();

    private UnreliableServer(HttpServer server, long seed) {
        this.server = server;
        this.random = new Random(seed);
    }

    static UnreliableServer start(long seed) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        UnreliableServer server = new UnreliableServer(http, seed);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean right =
                CloudEvent.MEDIA_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                        && "1.0".equals(event.path("specversion").textValue());
        int number = random.nextInt(10);
        if (number < 4 || !right) {
            failures.incrementAndGet();
            exchange.sendResponseHeaders(right ? 500 : 415, -1);
        } else if (number < 5 && silent.getAndIncrement() < SILENT_MOST) {
            failures.incrementAndGet();
            accepted.add(event);
            awaitEnd();
        } else {
            accepted.add(event);
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was taken, in order, whether it was answered or not.
    List<JsonNode> accepted() {
        return List.copyOf(accepted);
    }

    int failures() {
        return failures.get();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/incidents");
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
