package io.keyward.testing.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// TCP ports of the loopback address that are free, each given out once by this process.
///
/// They are below the range from which systems take ports for clients: a server that was killed finds its port free
/// again. Processes begin at different ports, so that two of them rarely get the same one.
public final class FreePorts {
    public static final String HOST = "127.0.0.1";

    private static final int FIRST = 15_000;
    private static final int COUNT = 15_000;
    private static final int STEP = 97;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * STEP % COUNT));

    private FreePorts() {}

    public static int one() {
        return inARow(1);
    }

    /// The first of five in a row, as the sandbox needs them.
    public static int fiveInARow() {
        return inARow(5);
    }

    private static int inARow(int count) {
        for (int tried = 0; tried < COUNT; tried += count) {
            int first = FIRST + NEXT.getAndAdd(count) % COUNT;
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
        throw new AssertionError("no %d free ports in a row".formatted(count));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(HOST))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
