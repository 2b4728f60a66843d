package io.keyward.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/// Clients that hold a connection and never end what they begin to say.
public final class SlowClients implements AutoCloseable {
    private final SocketFactory sockets;
    private final int port;
    private final byte[] beginning;
    private final List<Client> clients = new ArrayList<>();

    /// @param sockets how each connects
    /// @param beginning what each says
    public SlowClients(SocketFactory sockets, int port, int count, byte[] beginning) throws IOException {
        this.sockets = sockets;
        this.port = port;
        this.beginning = beginning;
        for (int client = 0; client < count; client++) {
            clients.add(client());
        }
    }

    /// Those that were shown the door connect again.
    public void insist() throws IOException {
        for (int client = 0; client < clients.size(); client++) {
            if (!clients.get(client).isOpen()) {
                clients.set(client, client());
            }
        }
    }

    /// How many have said their beginning, and are still listened to.
    public long held() {
        return clients.stream().filter(Client::isHeld).count();
    }

    private Client client() throws IOException {
        return new Client(sockets.createSocket(InetAddress.ofLiteral("127.0.0.1"), port), beginning);
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
    }

    private static final class Client {
        private final Socket socket;
        private final byte[] beginning;
        private final Thread thread;
        private volatile boolean hasSent;

        Client(Socket socket, byte[] beginning) {
            this.socket = socket;
            this.beginning = beginning;
            thread = Thread.startVirtualThread(this::goOn);
        }

        boolean isOpen() {
            return thread.isAlive();
        }

        boolean isHeld() {
            return hasSent && isOpen();
        }

        /// The first byte to be written or read has TLS established before.
        private void goOn() {
            try (socket) {
                socket.getOutputStream().write(beginning);
                hasSent = true;
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // so the thread ends, which is what is asked
            }
        }
    }
}
