package io.keyward.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves an API over HTTP. Handles each request on its own thread.
///
/// The header `X-Forwarded-Host`, or else `Host`, is the host of a request.
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private final Api api;
    private final String name;
    private final int bodyLimit;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ApiServer(Api api, String name, InetSocketAddress address, int bodyLimit) throws IOException {
        this.api = api;
        this.name = name;
        this.bodyLimit = bodyLimit;
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Starts on the port (0: any free one).
    ///
    /// @param name the name of the service in messages
    /// @param bodyLimit the maximum size of a request's body in bytes
    public static ApiServer start(Api api, String name, String host, int port, int bodyLimit) {
        try {
            return new ApiServer(api, name, new InetSocketAddress(host, port), bodyLimit);
        } catch (IOException failed) {
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
            if (response(exchange) instanceof Response.Answer answer) {
                send(exchange, answer);
            }
        }
    }

    private Response response(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(bodyLimit + 1);
        if (body.length > bodyLimit) {
            return api.error(413, "the request is longer than " + bodyLimit + " bytes");
        }
        try {
            return api.answer(request(exchange, body));
        } catch (Request.BadRequestException unreadable) {
            return api.error(400, unreadable.getMessage());
        } catch (RuntimeException | StackOverflowError defect) {
            LOG.error(
                    "The {} failed to answer {} {}",
                    name,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    defect);
            return api.error(500, "the " + name + " failed: " + defect);
        }
    }

    private static Request request(HttpExchange exchange, byte[] body) {
        var headers = exchange.getRequestHeaders();
        URI uri = exchange.getRequestURI();
        return new Request(
                exchange.getRequestMethod(),
                Optional.ofNullable(headers.getFirst("X-Forwarded-Host"))
                        .or(() -> Optional.ofNullable(headers.getFirst("Host")))
                        .orElse(""),
                uri.getRawPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                Optional.ofNullable(headers.getFirst("Authorization"))
                        .filter(value -> value.startsWith("Bearer "))
                        .map(value -> value.substring("Bearer ".length())),
                new String(body, StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, Response.Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean without = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), without ? -1 : body.length);
        if (!without) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
