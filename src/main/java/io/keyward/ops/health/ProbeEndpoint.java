package io.keyward.ops.health;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.HttpEndpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers health probes on a port of its own, over plain HTTP and with one word. Clients of this or the other
/// endpoint cannot block it.
///
/// Each connection serves one request. A probe is answered within milliseconds. So when too many connections
/// are open, the oldest one is closed: its client sends slowly or sends nothing.
public final class ProbeEndpoint implements AutoCloseable {
    public static final String SETTING = "keyward.http.probe-port";

    static final int MAX_OPEN = 512;

    private static final Logger LOG = LoggerFactory.getLogger(ProbeEndpoint.class);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_REQUEST_BYTES = 4096;
    private static final List<String> METHODS = List.of("GET", "HEAD");

    private final ServerSocket listener;
    private final Map<String, Endpoint> pages;
    private final SequencedSet<Socket> open = new LinkedHashSet<>();
    private final Thread acceptor =
            Thread.ofPlatform().daemon().name("keyward-probes").unstarted(this::accept);

    private ProbeEndpoint(ServerSocket listener, Map<String, Endpoint> pages) {
        this.listener = listener;
        this.pages = pages;
    }

    /// Opens the endpoint.
    ///
    /// @param port TCP port; 0 picks a free one
    /// @throws HttpEndpointException if the address cannot be used
    public static ProbeEndpoint start(String host, int port, HealthSource health) {
        ProbeEndpoint endpoint = new ProbeEndpoint(
                listening(host, port),
                Stream.of(HealthPage.liveness(health), HealthPage.readiness(health))
                        .collect(Collectors.toMap(Endpoint::path, Function.identity())));
        endpoint.acceptor.start();
        return endpoint;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private static ServerSocket listening(String host, int port) {
        try {
            ServerSocket listener = new ServerSocket();
            try {
                listener.bind(new InetSocketAddress(host, port), MAX_OPEN);
                return listener;
            } catch (IOException failure) {
                listener.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new HttpEndpointException(
                    "The probe endpoint cannot listen on %s:%d (%s). Set %s to a free port, or keyward.http.host to an address of this machine."
                            .formatted(host, port, failure.getMessage(), SETTING),
                    failure);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                admit(client).ifPresent(ProbeEndpoint::closed);
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException failure) {
                if (!listener.isClosed()) {
                    LOG.warn("The probe endpoint could not accept a connection: {}", failure.toString());
                    LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
                }
            }
        }
    }

    /// Adds a connection. Returns the one to close, if there are too many now.
    private Optional<Socket> admit(Socket client) {
        synchronized (open) {
            open.add(client);
            return open.size() > MAX_OPEN ? Optional.of(open.removeFirst()) : Optional.empty();
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(Math.toIntExact(LONGEST_SILENCE.toMillis()));
            Optional<String> request = requestLine(client.getInputStream());
            if (request.isPresent()) {
                answer(request.get().split(" ", -1), client.getOutputStream());
            }
        } catch (IOException gone) {
            LOG.debug("A probe could not be answered: {}", gone.toString());
        } finally {
            synchronized (open) {
                open.remove(client);
            }
        }
    }

    /// Reads a request up to the end of its headers and returns its first line; empty if the request is
    /// incomplete or too long.
    private static Optional<String> requestLine(InputStream in) throws IOException {
        byte[] bytes = new byte[MAX_REQUEST_BYTES];
        int length = 0;
        for (int read = 0; read >= 0 && length < bytes.length; length += Math.max(read, 0)) {
            String head = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            if (head.contains("\r\n\r\n")) {
                return head.lines().findFirst();
            }
            read = in.read(bytes, length, bytes.length - length);
        }
        return Optional.empty();
    }

    private void answer(String[] request, OutputStream out) throws IOException {
        EndpointResponse reply = reply(request);
        byte[] body = reply.body();
        String head =
                "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
                        .formatted(reply.status(), reply.status() == 200 ? "OK" : "", reply.contentType(), body.length);
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (!request[0].equals("HEAD")) {
            out.write(body);
        }
        out.flush();
    }

    private EndpointResponse reply(String[] request) {
        boolean understood = request.length == 3 && METHODS.contains(request[0]);
        return Optional.ofNullable(understood ? pages.get(request[1]) : null)
                .flatMap(Endpoint::replyToStranger)
                .orElseGet(() -> EndpointResponse.problem(
                        404, "There is no such page; GET " + String.join(" or ", pages.keySet()) + "."));
    }

    private static void closed(Socket client) {
        try {
            client.close();
        } catch (IOException failure) {
            LOG.debug("A probe's connection could not be closed", failure);
        }
    }

    /// Stops at once. The operating system may accept one more connection until the acceptor thread has ended.
    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join(CLOSE_LIMIT);
        } catch (IOException failure) {
            LOG.warn("The port of the probe endpoint could not be closed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (open) {
            open.forEach(ProbeEndpoint::closed);
        }
    }
}
