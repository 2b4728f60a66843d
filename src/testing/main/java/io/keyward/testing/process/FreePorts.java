package io.keyward.testing.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// TCP ports of the loopback address that are free; no port is given out twice while this process lives.
///
/// They are below the range from which systems take ports for clients: a server that was killed finds its port free
/// again. Each process takes them from blocks of its own, so that tests can run in several processes at a time. It
/// listens on the first port of a block until it ends, which keeps the other processes out.
public final class FreePorts {
    public static final String HOST = "127.0.0.1";

    private static final int FIRST = 15_000;
    private static final int LAST = 29_999;
    private static final int BLOCK = 100;

    private static final FreePorts OF_THIS_PROCESS = new FreePorts();

    private final List<ServerSocket> blocks = new ArrayList<>();
    private int next;
    private int end;

    FreePorts() {}

    public static int one() {
        return OF_THIS_PROCESS.inARow(1);
    }

    /// The first of seven in a row, as the sandbox needs them.
    public static int sevenInARow() {
        return OF_THIS_PROCESS.inARow(7);
    }

    synchronized int inARow(int count) {
        while (true) {
            if (next + count > end) {
                takeBlock();
            }
            int first = next;
            next += count;
            if (IntStream.range(first, next).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
    }

    private void takeBlock() {
        for (int first = FIRST; first < LAST; first += BLOCK) {
            try {
                blocks.add(listen(first));
                next = first + 1;
                end = first + BLOCK;
                return;
            } catch (IOException _) {
                // Another process has this block.
            }
        }
        throw new AssertionError("All ports from %d to %d are in use".formatted(FIRST, LAST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.ofLiteral(HOST));
    }
}
