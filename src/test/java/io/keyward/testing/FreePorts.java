package io.keyward.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Ports of this machine that nobody listened on a moment ago.
public final class FreePorts {
    private FreePorts() {}

    public static int one() {
        try (ServerSocket socket = bound(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The first of four in a row, as the sandbox needs them.
    public static int fourInARow() {
        for (int base = 20_000; base < 60_000; base += 4) {
            if (areFree(base)) {
                return base;
            }
        }
        throw new AssertionError("no four free ports in a row");
    }

    private static boolean areFree(int base) {
        for (int port = base; port < base + 4; port++) {
            try (ServerSocket socket = bound(port)) {
                socket.getLocalPort();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }
}
