package io.keyward.ops.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Serves endpoints over HTTP or HTTPS, each request on a virtual thread.
///
/// If a token is configured, clients without it only see whether the instance is alive and ready. Probes need no
/// more.
///
/// Connections, the time to send a request, the time to read a response and concurrent requests are limited. Slow
/// clients are disconnected, so they cannot block others.
public final class HttpEndpoint implements AutoCloseable {
    /// The maximum number of concurrent requests.
    public static final int MAX_AT_WORK = 32;

    /// Ids can contain percent signs. A path is split before it is decoded, and decoded once.
    private static final UriCompliance PERCENT_SIGNS =
            UriCompliance.DEFAULT.with("PERCENT_SIGNS", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

    private static final int MAX_CONNECTIONS = 200;
    private static final Duration MAX_TIME = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_PLATFORM_THREADS = 8;
    private static final int MIN_PLATFORM_THREADS = 1;

    private final Server server;
    private final ExecutorService threads;
    private final InetSocketAddress address;
    private final Optional<RenewedCertificate> certificate;

    private HttpEndpoint(
            Server server,
            ExecutorService threads,
            InetSocketAddress address,
            Optional<RenewedCertificate> certificate) {
        this.server = server;
        this.threads = threads;
        this.address = address;
        this.certificate = certificate;
    }

    /// Starts the endpoint.
    ///
    /// @throws HttpEndpointException if the address or one of the files cannot be used
    public static HttpEndpoint start(HttpOptions options, List<? extends Endpoint> endpoints) {
        return start(options, endpoints, gate(options));
    }

    /// Starts the endpoint with the given gate.
    ///
    /// @throws HttpEndpointException if the address or one of the files cannot be used
    public static HttpEndpoint start(HttpOptions options, List<? extends Endpoint> endpoints, Gate gate) {
        return start(options, endpoints, gate, new OpenConnections(MAX_CONNECTIONS, MAX_TIME));
    }

    /// Authenticates requests by the configured token; without one, accepts all requests.
    ///
    /// @throws HttpEndpointException if the token file cannot be used
    public static Gate gate(HttpOptions options) {
        return options.files()
                .token()
                .<Gate>map(file -> AccessToken.read(file, options.names()))
                .orElse(Gate.OPEN);
    }

    static HttpEndpoint start(
            HttpOptions options, List<? extends Endpoint> endpoints, Gate gate, OpenConnections connections) {
        Optional<RenewedCertificate> certificate =
                options.files().certificate().map(_ -> new RenewedCertificate(options.files(), options.names()));
        InetSocketAddress address = address(options);
        boolean isOnlyLocal = gate.isOpen() && address.getAddress().isLoopbackAddress();
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("keyward-http-", 0).factory());
        Server server = new Server(pool(threads));
        server.setErrorHandler(EndpointHandler::refuse);
        ForeignPages pages = new ForeignPages(isOnlyLocal ? hosts(options) : Set.of());
        Router router = new Router(endpoints, gate, pages, options.largestBody(), MAX_AT_WORK);
        server.setHandler(new EndpointHandler(router, connections));
        ServerConnector connector = new ServerConnector(server, 1, 1, protocols(certificate));
        connector.addEventListener(connections);
        open(connector, options);
        connections.watch(connector.getScheduler());
        InetSocketAddress bound = new InetSocketAddress(address.getAddress(), connector.getLocalPort());
        return new HttpEndpoint(server, threads, bound, certificate);
    }

    public URI uri() {
        String host = address.getHostString();
        String scheme = certificate.isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    public int port() {
        return address.getPort();
    }

    /// The certificate in use; empty for plain HTTP.
    public Optional<RenewedCertificate> certificate() {
        return certificate;
    }

    /// Stops at once and interrupts requests in progress. Waits a few seconds for them to end, because the caller
    /// may close next what they read.
    @Override
    public void close() {
        try {
            server.stop();
            threads.shutdownNow();
            threads.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IllegalStateException("the HTTP server cannot be stopped", failure);
        }
    }

    private static InetSocketAddress address(HttpOptions options) {
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        if (address.isUnresolved()) {
            throw new HttpEndpointException(
                    "The HTTP endpoint cannot listen on '" + options.host() + "': there is no such host. Set "
                            + options.names().host() + " to an address of this machine.",
                    null);
        }
        return address;
    }

    /// The host names by which browsers may call an endpoint that anyone on this machine may read.
    private static Set<String> hosts(HttpOptions options) {
        return Stream.of("localhost", "127.0.0.1", "[::1]", options.host().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The platform threads that accept connections and wait for input.
    private static QueuedThreadPool pool(ExecutorService requests) {
        QueuedThreadPool pool = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
        pool.setName("keyward-http");
        pool.setDaemon(true);
        pool.setVirtualThreadsExecutor(requests);
        return pool;
    }

    private static ConnectionFactory[] protocols(Optional<RenewedCertificate> certificate) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(PERCENT_SIGNS);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        return certificate
                .map(files -> new ConnectionFactory[] {tls(files), http})
                .orElseGet(() -> new ConnectionFactory[] {http});
    }

    /// Jetty would refuse requests whose Host is not a name in the certificate. But scrapers and probes connect to
    /// an address and verify the certificate by a name of their own.
    private static SslConnectionFactory tls(RenewedCertificate certificate) {
        SslContextFactory.Server context = new SslContextFactory.Server() {
            @Override
            public SSLEngine newSSLEngine(InetSocketAddress client) {
                SSLEngine engine = certificate.context().createSSLEngine();
                customize(engine);
                return engine;
            }
        };
        context.setSslContext(certificate.context());
        SslConnectionFactory tls = new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString());
        tls.setEnsureSecureRequestCustomizer(false);
        return tls;
    }

    private static void open(ServerConnector connector, HttpOptions options) {
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(MAX_TIME.toMillis());
        connector.setAcceptQueueSize(MAX_CONNECTIONS);
        connector.getServer().addConnector(connector);
        try {
            connector.open();
            connector.getServer().start();
        } catch (IOException failure) {
            throw new HttpEndpointException(
                    "The HTTP endpoint cannot listen on " + options.host() + ":" + options.port() + " ("
                            + reason(failure) + "). Set " + options.names().port()
                            + " to a free port, 0 to pick one, or "
                            + options.names().host()
                            + " to an address of this machine.",
                    failure);
        } catch (Exception failure) {
            throw new IllegalStateException("the HTTP server cannot be started", failure);
        }
    }

    private static String reason(IOException failure) {
        return Optional.ofNullable(failure.getCause()).orElse(failure).getMessage();
    }
}
