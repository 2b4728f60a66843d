package io.keyward.ops.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// Serves read-only pages for operators over HTTP or HTTPS, each request on a virtual thread.
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
    /// @param port TCP port; 0 picks a free one
    /// @param files the certificate and the token
    /// @throws HttpEndpointException if the address or one of the files cannot be used
    public static HttpEndpoint start(String host, int port, HttpFiles files, List<Endpoint> pages) {
        setIfAbsent("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
        setIfAbsent("sun.net.httpserver.maxReqTime", MAX_SECONDS_TO_SEND_A_REQUEST);
        Optional<RenewedCertificate> certificate = files.certificate().map(_ -> new RenewedCertificate(files));
        Optional<BearerToken> token = files.token().map(BearerToken::read);
        HttpServer server = listening(host, port, certificate);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("keyward-http-", 0).factory());
        Router site = new Router(pages, token);
        server.createContext("/", exchange -> serve(site, exchange));
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

    private static HttpServer listening(String host, int port, Optional<RenewedCertificate> certificate) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new HttpEndpointException(
                    "The HTTP endpoint cannot listen on '" + host
                            + "': there is no such host. Set keyward.http.host to an address of this machine.",
                    null);
        }
        try {
            return certificate.isPresent()
                    ? secured(address, certificate.get().context())
                    : HttpServer.create(address, 0);
        } catch (IOException failure) {
            throw new HttpEndpointException(
                    "The HTTP endpoint cannot listen on " + host + ":" + port + " (" + failure.getMessage()
                            + "). Set keyward.http.port to a free port, 0 to pick one, or keyward.http.host to an"
                            + " address of this machine.",
                    failure);
        }
    }

    private static HttpServer secured(InetSocketAddress address, SSLContext certificate) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return server;
    }

    private static void serve(Router site, HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            EndpointResponse reply = site.reply(method, request(exchange));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", reply.contentType());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            reply.header().ifPresent(header -> headers.set(header.name(), header.value()));
            if (method.equals("HEAD")) {
                headers.set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(reply.status(), -1);
            } else {
                exchange.sendResponseHeaders(reply.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static EndpointRequest request(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        List<String> accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        return new EndpointRequest(
                uri.getPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                String.join(",", accept),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private static void setIfAbsent(String property, String value) {
        System.getProperties().putIfAbsent(property, value);
    }
}
