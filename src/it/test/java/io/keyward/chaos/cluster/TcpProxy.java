package io.keyward.chaos.cluster;

import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/// Forwards bytes between clients and one port until it is asked to hold them back, as a network that drops packets:
/// connections stay open, nothing is answered, and what was sent arrives later.
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final int target;

    private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static TcpProxy listen(int port, int target) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(port, 0, InetAddress.ofLiteral(FreePorts.HOST)), target);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    void holdBack() {
        open = new CompletableFuture<>();
    }

    void letThrough() {
        open.complete(null);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                // the loop's condition tells whether it is over
            }
        }
    }

    private void connect(Socket client) {
        open.join();
        try (client;
                Socket server = new Socket(InetAddress.ofLiteral(FreePorts.HOST), target)) {
            Thread answers = Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
            answers.join();
        } catch (IOException unreachable) {
            // the client sees its connection closed, as it would without a proxy
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                open.join();
                out.write(bytes, 0, length);
            }
        } catch (IOException ended) {
            // one end is gone; closing both tells the other one
        }
    }

    @Override
    public void close() {
        letThrough();
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
