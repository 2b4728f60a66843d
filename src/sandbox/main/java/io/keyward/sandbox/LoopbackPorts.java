package io.keyward.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Finds free TCP ports of the loopback address, the only address that the sandbox listens on.
public final class LoopbackPorts {
    static final String HOST = "127.0.0.1";

    private LoopbackPorts() {}

    /// A port that was free a moment ago.
    static int free() {
        try (ServerSocket socket = bound(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("No free port on " + HOST, failure);
        }
    }

    static int freeOtherThan(int port) {
        int candidate = free();
        return candidate == port ? freeOtherThan(port) : candidate;
    }

    /// Checks that the port is free.
    ///
    /// @throws PortTakenException if the port is in use
    public static void requireFree(int port) {
        try (ServerSocket socket = bound(port)) {
            socket.getLocalPort();
        } catch (IOException failure) {
            throw new PortTakenException(port, failure);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.ofLiteral(HOST));
    }
}
