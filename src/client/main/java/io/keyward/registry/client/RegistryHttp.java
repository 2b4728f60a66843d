package io.keyward.registry.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a request to the first of the registry's URLs that answers, and classifies the reply: JSON, a definite
/// refusal, or no usable answer. After a request without an answer it looks whether the credentials or the
/// certificates have been renewed; the next request uses those.
public final class RegistryHttp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Statuses that concern the caller or a temporary condition, not the request's content.
    private static final Set<Integer> INCONCLUSIVE = Set.of(401, 403, 407, 408, 425, 429);

    private final Optional<Supplier<Connection>> renewed;
    private final AtomicInteger preferred = new AtomicInteger();
    private volatile Client client;

    /// A connection, and the client that was made for it.
    private record Client(Connection connection, HttpClient http) {}

    RegistryHttp(RegistrySettings settings) {
        renewed = settings.renewed();
        client = client(settings.connection());
    }

    private static Client client(Connection connection) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(positive(connection.timeouts().connect()));
        connection.tls().context().ifPresent(builder::sslContext);
        connection.proxy().map(ProxySelector::of).ifPresent(builder::proxy);
        return new Client(connection, builder.build());
    }

    JsonNode get(String path) {
        return send("GET", path, Optional.empty());
    }

    JsonNode send(String method, String path, Optional<JsonNode> body) {
        Client now = client;
        List<URI> urls = now.connection().urls();
        int first = preferred.get();
        RegistryUnavailableException failure = null;
        for (int i = 0; i < urls.size(); i++) {
            int index = (first + i) % urls.size();
            try {
                JsonNode reply =
                        checked(urls.get(index), exchange(now, request(now, urls.get(index), path, method, body)));
                preferred.set(index);
                return reply;
            } catch (RegistryUnavailableException unavailable) {
                if (failure != null) {
                    unavailable.addSuppressed(failure);
                }
                failure = unavailable;
            }
        }
        renew(failure);
        throw failure;
    }

    /// Requests under way keep the client that they have.
    private synchronized void renew(RegistryUnavailableException failure) {
        try {
            renewed.map(Supplier::get)
                    .filter(connection -> !connection.equals(client.connection()))
                    .ifPresent(connection -> {
                        client = client(connection);
                        LOG.info("Requests to the schema registry use the renewed credentials and certificates");
                    });
        } catch (RuntimeException unusable) {
            failure.addSuppressed(unusable);
        }
    }

    private static HttpRequest request(Client client, URI url, String path, String method, Optional<JsonNode> body) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(url + path)).header("Accept", CONTENT_TYPE + ", application/json");
        client.connection().headers().forEach(builder::setHeader);
        body.ifPresent(json -> builder.header("Content-Type", CONTENT_TYPE));
        return builder.method(
                        method,
                        body.map(json -> BodyPublishers.ofString(json.toString()))
                                .orElseGet(BodyPublishers::noBody))
                .build();
    }

    /// Waits for the whole reply, including its body, within the timeout. The HTTP client's own timeout covers
    /// the headers only.
    private static HttpResponse<byte[]> exchange(Client client, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> reply = client.http().sendAsync(request, BodyHandlers.ofByteArray());
        String url = url(request);
        Duration limit = positive(client.connection().timeouts().reply());
        try {
            return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new RegistryUnavailableException("schema registry " + url + " cannot be reached: " + cause, cause);
        } catch (TimeoutException late) {
            reply.cancel(true);
            throw new RegistryUnavailableException(
                    "schema registry " + url + " did not answer within " + limit.toMillis() + " ms", late);
        } catch (InterruptedException interrupted) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while asking schema registry " + url, interrupted);
        }
    }

    private static JsonNode checked(URI url, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode reply = json(response.body());
        if (status >= 200 && status < 300 && !reply.isMissingNode()) {
            return reply;
        }
        String said = reply.path("message")
                .asText(reply.isMissingNode() ? "the body is not JSON" : "the body has no message");
        int code = reply.path("error_code").asInt(status);
        boolean definite = reply.has("error_code") || status == 409 || status == 422;
        if (isDefinite(status) && definite) {
            throw new RegistryRefusalException(
                    code, "schema registry " + url + " refused: " + said + " (" + code + ")");
        }
        String hint = status == 401 || status == 403 ? "; check basic.auth.user.info or bearer.auth.token" : "";
        throw new RegistryUnavailableException(
                "schema registry " + url + " gave no usable answer: HTTP " + status + ", " + said + hint);
    }

    /// Whether a reply with this status answers the request definitely.
    public static boolean isDefinite(int status) {
        return status >= 400 && status < 500 && !INCONCLUSIVE.contains(status);
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException garbage) {
            return MissingNode.getInstance();
        }
    }

    private static String url(HttpRequest request) {
        URI uri = request.uri();
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static Duration positive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0 ? duration : Duration.ofDays(1);
    }

    /// Ends requests in progress. Before Java 21 the client has no method for that; it ends once it is
    /// unreachable.
    @Override
    public void close() {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client.http());
        } catch (NoSuchMethodException older) {
            // Java 17
        } catch (ReflectiveOperationException defect) {
            throw new IllegalStateException(defect);
        }
    }
}
