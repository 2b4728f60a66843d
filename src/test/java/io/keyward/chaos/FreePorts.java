package io.keyward.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// TCP ports of the loopback address that stay free for whoever got one.
///
/// They lie below the range from which systems hand out ports to clients and to listeners that ask for any: a broker
/// that was killed finds its port free again.
final class FreePorts {
    static final String HOST = "127.0.0.1";

    private static final int FIRST = 15_000;
    private static final int LAST = 30_000;

    private final Random random = new Random();
    private final Set<Integer> given = new HashSet<>();

    int next() {
        int port = random.nextInt(FIRST, LAST);
        return given.add(port) && isFree(port) ? port : next();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(HOST))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
