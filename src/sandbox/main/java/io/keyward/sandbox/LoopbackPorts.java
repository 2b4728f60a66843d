package io.keyward.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Finds free TCP ports of the loopback address, the only address that the sandbox listens on.
public final class LoopbackPorts {
    public static final String HOST = "127.0.0.1";
    static final int FIRST = 22_000;
    static final int LAST = 32_767;

    private LoopbackPorts() {}

    /// A port that was free a moment ago. It is below the range from which systems take ports for clients: one of these
    /// may be taken before a server listens on it, and Kafka ends its process then.
    static int free() {
        int candidate = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
        try {
            requireFree(candidate);
            return candidate;
        } catch (PortTakenException _) {
            return free();
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
