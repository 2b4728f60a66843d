package io.keyward.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a client sees of a network that drops packets for a while.
class TcpProxyTest {
    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.listen(0, server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void bytesPassInBothDirections() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket peer = server.accept()) {
            client.getOutputStream().write(17);
            assertThat(peer.getInputStream().read()).isEqualTo(17);
            peer.getOutputStream().write(4);
            assertThat(client.getInputStream().read()).isEqualTo(4);
        }
    }

    @Test
    void whatIsHeldBackArrivesLaterOnTheSameConnection() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket peer = server.accept()) {
            proxy.holdBack();
            client.getOutputStream().write(17);
            peer.setSoTimeout(200);
            assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.letThrough();
            peer.setSoTimeout(0);
            assertThat(peer.getInputStream().read()).isEqualTo(17);
        }
    }

    @Test
    void theEndOfOneSideIsTheEndOfTheOther() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket peer = server.accept()) {
            peer.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
