package io.keyward.testing.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No two processes of a test run get the same port.
class FreePortsTest {
    private static final int MORE_THAN_A_BLOCK = 150;

    /// Two instances stand for two processes: they share nothing but the sockets of this machine.
    @Test
    void noPortIsGivenOutTwiceToTwoProcessesThatAskInTurn() {
        FreePorts one = new FreePorts();
        FreePorts other = new FreePorts();
        assertThat(IntStream.range(0, MORE_THAN_A_BLOCK)
                        .boxed()
                        .flatMap(_ -> Stream.of(one.inARow(1), other.inARow(1))))
                .hasSize(2 * MORE_THAN_A_BLOCK)
                .doesNotHaveDuplicates();
    }

    @Test
    void aPortInUseIsSkipped() throws IOException {
        FreePorts ports = new FreePorts();
        int taken = ports.inARow(1) + 2;
        try (ServerSocket _ = new ServerSocket(taken, 1, InetAddress.ofLiteral(FreePorts.HOST))) {
            assertThat(List.of(ports.inARow(1), ports.inARow(1))).doesNotContain(taken);
        }
    }
}
