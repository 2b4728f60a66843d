package io.keyward.ops.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// Serves endpoints over HTTP or HTTPS, each request on a virtual thread.
///
/// If a token is configured, clients without it see only whether the instance is alive and ready. Probes need
/// no more.
///
/// Connections, the time to send a request and concurrent requests are limited. The first two limits are
/// settings of the JDK's server for the whole process. They apply if this endpoint is the first server in the
/// process and nobody has set them. Slow clients can occupy all connections; `ProbeEndpoint` answers probes
/// even then.
public final class HttpEndpoint implements AutoCloseable {
    private static final String MAX_CONNECTIONS = "200";
    private static final String MAX_SECONDS_TO_SEND_A_REQUEST = "30";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Optional<RenewedCertificate> certificate;

    private HttpEndpoint(HttpServer server, ExecutorService threads, Optional<RenewedCertificate> certificate) {
        this.server = server;
        this.threads = threads;
        this.certificate = certificate;
    }

    /// Starts the endpoint.
    ///
    /// @throws HttpEndpointException if the address or one of the files cannot be used
    public static HttpEndpoint start(HttpOptions options, List<Endpoint> endpoints) {
        setIfAbsent("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
        setIfAbsent("sun.net.httpserver.maxReqTime", MAX_SECONDS_TO_SEND_A_REQUEST);
        Optional<RenewedCertificate> certificate =
                options.files().certificate().map(_ -> new RenewedCertificate(options.files(), options.names()));
        Optional<BearerToken> token = options.files().token().map(file -> BearerToken.read(file, options.names()));
        HttpServer server = listening(options, certificate);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("keyward-http-", 0).factory());
        Router router = new Router(endpoints, token, options.largestBody());
        server.createContext("/", exchange -> serve(router, exchange));
        server.setExecutor(threads);
        server.start();
        return new HttpEndpoint(server, threads, certificate);
    }

    public URI uri() {
        String host = server.getAddress().getHostString();
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// The certificate in use; empty for plain HTTP.
    public Optional<RenewedCertificate> certificate() {
        return certificate;
    }

    /// Stops at once and aborts requests in progress.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer listening(HttpOptions options, Optional<RenewedCertificate> certificate) {
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        if (address.isUnresolved()) {
            throw new HttpEndpointException(
                    "The HTTP endpoint cannot listen on '" + options.host() + "': there is no such host. Set "
                            + options.names().host() + " to an address of this machine.",
                    null);
        }
        try {
            return certificate.isPresent()
                    ? secured(address, certificate.get().context())
                    : HttpServer.create(address, 0);
        } catch (IOException failure) {
            throw new HttpEndpointException(
                    "The HTTP endpoint cannot listen on " + options.host() + ":" + options.port() + " ("
                            + failure.getMessage() + "). Set " + options.names().port()
                            + " to a free port, 0 to pick one, or "
                            + options.names().host()
                            + " to an address of this machine.",
                    failure);
        }
    }

    private static HttpServer secured(InetSocketAddress address, SSLContext certificate) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return server;
    }

    private static void serve(Router router, HttpExchange exchange) throws IOException {
        try (exchange) {
            EndpointResponse reply = router.reply(request(exchange), exchange.getRequestBody());
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", reply.contentType());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            reply.headers().forEach(headers::set);
            byte[] body = reply.body();
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(reply.status(), -1);
            } else {
                exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static EndpointRequest request(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return new EndpointRequest(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                Map.of(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers,
                new byte[0]);
    }

    private static void setIfAbsent(String property, String value) {
        System.getProperties().putIfAbsent(property, value);
    }
}
