package io.keyward.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyward.sandbox.registry.RegistryApi;
import io.keyward.sandbox.registry.RegistryApi.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A schema registry inside this process that speaks Confluent's REST API, for clients in any language.
///
/// With a folder it keeps its schemas through restarts and kills; without one it forgets them when closed.
public final class EmbeddedSchemaRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSchemaRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BODY_LIMIT = 10 * 1024 * 1024;

    private final RegistryApi api;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private EmbeddedSchemaRegistry(RegistryApi api, InetSocketAddress address) throws IOException {
        this.api = api;
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Starts on the port (0: any free one); with a folder, from what the folder holds.
    public static EmbeddedSchemaRegistry start(Optional<Path> folder, String host, int port) {
        RegistryApi api = folder.map(RegistryApi::in).orElseGet(RegistryApi::inMemory);
        try {
            return new EmbeddedSchemaRegistry(api, new InetSocketAddress(host, port));
        } catch (IOException failed) {
            api.close();
            throw new UncheckedIOException(
                    "the schema registry cannot listen on " + host + ":" + port + ": choose a free port", failed);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// What clients take as `schema.registry.url`.
    public URI url() {
        return URI.create("http://" + server.getAddress().getHostString() + ":" + port());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
        if (body.length > BODY_LIMIT) {
            return RegistryApi.refusal(413, 413, "the request is longer than " + BODY_LIMIT + " bytes");
        }
        try {
            String method = exchange.getRequestMethod();
            URI uri = exchange.getRequestURI();
            return api.answer(
                    method.equals("HEAD") ? "GET" : method,
                    uri.getRawPath(),
                    Optional.ofNullable(uri.getRawQuery()).orElse(""),
                    json(body));
        } catch (JsonProcessingException malformed) {
            return RegistryApi.refusal(400, 400, "the request's body is not JSON: " + malformed.getOriginalMessage());
        } catch (RuntimeException | StackOverflowError defect) {
            LOG.error(
                    "The schema registry failed to answer {} {}",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    defect);
            return RegistryApi.refusal(500, 50001, "the registry failed: " + defect);
        }
    }

    private static JsonNode json(byte[] body) throws JsonProcessingException {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        api.close();
    }
}
