package io.keyward.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands before a schema registry and lets requests through, or fails them in one of the ways in which registries
/// fail.
public final class RegistryGate implements AutoCloseable {
    private final URI registry;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final InetSocketAddress address;
    private volatile Failure failure = Failure.NONE;
    private volatile boolean readOnly;
    private HttpServer server;

    /// What becomes of a request.
    public enum Failure {
        NONE,
        STOPPED,
        BROKEN,
        UNAUTHORIZED,
        HANGING
    }

    public RegistryGate(URI registry) {
        this.registry = registry;
        server = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getAddress();
    }

    public String url() {
        return "http://" + address.getHostString() + ":" + address.getPort();
    }

    /// Refuses every registration of a schema from now on, as a registry does with a subject in read-only mode.
    public void refuseRegistrations() {
        readOnly = true;
    }

    public void fail(Failure how) {
        failure = how;
        if (how == Failure.STOPPED) {
            server.stop(0);
        }
    }

    public void mend() {
        if (failure == Failure.STOPPED) {
            server = open(address);
        }
        failure = Failure.NONE;
    }

    private HttpServer open(InetSocketAddress at) {
        try {
            HttpServer opened = HttpServer.create(at, 0);
            opened.setExecutor(threads);
            opened.createContext("/", this::handle);
            opened.start();
            return opened;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (failure) {
                case NONE -> passUnlessRefused(exchange);
                case BROKEN -> reply(exchange, 500, "{\"error_code\":50001,\"message\":\"the store is broken\"}");
                case UNAUTHORIZED -> reply(exchange, 401, "{\"error_code\":401,\"message\":\"the token has expired\"}");
                case HANGING, STOPPED -> hang();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(
                                URI.create(registry + exchange.getRequestURI().toString()))
                        .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                        .header("Content-Type", "application/json")
                        .build(),
                BodyHandlers.ofString());
        reply(exchange, answer.statusCode(), answer.body());
    }

    private void passUnlessRefused(HttpExchange exchange) throws IOException, InterruptedException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        boolean registers =
                exchange.getRequestMethod().equals("POST") && path.length == 4 && path[3].equals("versions");
        if (readOnly && registers) {
            reply(
                    exchange,
                    422,
                    "{\"error_code\":42205,\"message\":\"Subject %s is in read-only mode\"}".formatted(path[2]));
        } else {
            pass(exchange);
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void hang() throws InterruptedException {
        Thread.currentThread().join();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
