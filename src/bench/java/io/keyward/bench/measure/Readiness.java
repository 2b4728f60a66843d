package io.keyward.bench.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Whether the product says that it is ready, on a port of its own.
final class Readiness {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String HOST = "127.0.0.1";
    private static final int OK = 200;

    private final int port;
    private final HttpRequest question;

    private Readiness(int port) {
        this.port = port;
        question = HttpRequest.newBuilder(URI.create("http://%s:%d/health/ready".formatted(HOST, port)))
                .timeout(Duration.ofSeconds(2))
                .build();
    }

    static Readiness onFreePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return new Readiness(socket.getLocalPort());
        } catch (IOException failure) {
            throw new BenchException("No port is free", failure);
        }
    }

    int port() {
        return port;
    }

    /// Returns once it is ready.
    void await(Jvm jvm) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            Patience.until("the product is ready", LIMIT, () -> {
                jvm.requireAlive();
                return isReady(client);
            });
        }
    }

    private boolean isReady(HttpClient client) {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted", interrupted);
        }
    }
}
