package io.keyward.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyward.sandbox.vault.Emulation;
import io.keyward.sandbox.vault.Interference;
import io.keyward.sandbox.vault.Reply;
import io.keyward.sandbox.vault.Request;
import io.keyward.sandbox.vault.Vaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Azure's key vaults, and what gives tokens for them, inside this process: as many vaults as are wanted on one port,
/// told apart by the host that a request was meant for (the header `X-Forwarded-Host`, or else `Host`).
///
/// With a folder it keeps its keys through restarts; without one it forgets them when closed.
public final class EmbeddedKeyVault implements AutoCloseable {
    /// The client id that owns every vault and is refused nothing.
    public static final String OWNER = Emulation.OWNER;

    private static final int BODY_LIMIT = 64 * 1024;

    private final Emulation emulation;
    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private EmbeddedKeyVault(Emulation emulation, InetSocketAddress address) throws IOException {
        this.emulation = emulation;
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Starts on the port (0: any free one); with a folder, from what the folder holds.
    ///
    /// @param clock tells when keys become valid and expire, and tokens too
    public static EmbeddedKeyVault start(Optional<Path> folder, int port, Clock clock) {
        try {
            return new EmbeddedKeyVault(
                    new Emulation(folder, clock),
                    new InetSocketAddress(InetAddress.ofLiteral(LoopbackPorts.HOST), port));
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the key vault cannot listen on " + LoopbackPorts.HOST + ":" + port + ": choose a free port",
                    failed);
        }
    }

    /// Where the emulator is reached.
    public URI url() {
        return URI.create(
                "http://" + LoopbackPorts.HOST + ":" + server.getAddress().getPort());
    }

    /// The vaults, as their owners see them.
    public Vaults vaults() {
        return emulation.vaults();
    }

    /// Lets something go wrong from now on; [Interference#NONE] ends it.
    public void interfere(Interference interference) {
        emulation.interfere(interference);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (emulation.answer(request(exchange))) {
                case Reply.Answer answer -> send(exchange, answer);
                case Reply.Silence _ -> closed.await();
                case Reply.Closed _ -> {
                    // closing the exchange without an answer closes its connection
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
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
                new String(exchange.getRequestBody().readNBytes(BODY_LIMIT), StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, Reply.Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
