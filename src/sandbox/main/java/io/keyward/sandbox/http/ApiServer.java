package io.keyward.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves an API over HTTP. Handles each request on its own thread.
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private final Api api;
    private final String name;
    private final int bodyLimit;
    private final HttpServer server;
    // Virtual threads of JDK 25 before 25.0.4 may stay blocked for ever (JDK-8373120).
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("sandbox-http-", 0).daemon().factory());

    private ApiServer(Api api, String name, InetSocketAddress address, int bodyLimit) throws IOException {
        this.api = api;
        this.name = name;
        this.bodyLimit = bodyLimit;
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Starts on the port (0: any free one). Closes the API at the end, or if the port cannot be used.
    ///
    /// @param name the name of the service in messages
    /// @param bodyLimit the maximum size of a request's body in bytes
    public static ApiServer start(Api api, String name, String host, int port, int bodyLimit) {
        try {
            return new ApiServer(api, name, new InetSocketAddress(host, port), bodyLimit);
        } catch (IOException failed) {
            api.close();
            throw new UncheckedIOException(
                    "the " + name + " cannot listen on " + host + ":" + port + ": choose a free port", failed);
        }
    }

    public URI url() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // Closing the exchange without a response closes its connection.
            Optional<EndpointResponse> answer = answer(exchange);
            if (answer.isPresent()) {
                send(exchange, answer.get());
            }
        }
    }

    private Optional<EndpointResponse> answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(bodyLimit + 1);
        if (body.length > bodyLimit) {
            return Optional.of(api.error(413, "the request is longer than " + bodyLimit + " bytes"));
        }
        try {
            return api.answer(request(exchange, body));
        } catch (BadRequestException unreadable) {
            return Optional.of(api.error(400, unreadable.getMessage()));
        } catch (RuntimeException | StackOverflowError defect) {
            LOG.error(
                    "The {} failed to answer {} {}",
                    name,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    defect);
            return Optional.of(api.error(500, "the " + name + " failed: " + defect));
        }
    }

    private static EndpointRequest request(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((header, values) -> headers.put(header.toLowerCase(Locale.ROOT), String.join(",", values)));
        URI uri = exchange.getRequestURI();
        String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
        return new EndpointRequest(exchange.getRequestMethod(), uri.getRawPath(), Map.of(), query, headers, body);
    }

    private static void send(HttpExchange exchange, EndpointResponse answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean without =
                answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), without ? -1 : answer.body().length);
        if (!without) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        api.close();
    }
}
