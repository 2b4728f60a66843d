package io.keyward.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Clients that hold a connection and never end what they begin to say.
public final class SlowClients implements AutoCloseable {
    private final int port;
    private final byte[] beginning;
    private final List<Client> clients = new ArrayList<>();

    /// @param beginning what each says
    public SlowClients(int port, int count, byte[] beginning) throws IOException {
        this.port = port;
        this.beginning = beginning;
        for (int client = 0; client < count; client++) {
            clients.add(new Client(port, beginning));
        }
    }

    /// Those that were shown the door connect again.
    public void insist() throws IOException {
        for (int client = 0; client < clients.size(); client++) {
            if (!clients.get(client).isOpen()) {
                clients.set(client, new Client(port, beginning));
            }
        }
    }

    public long open() {
        return clients.stream().filter(Client::isOpen).count();
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
    }

    private static final class Client {
        private final Socket socket;
        private final Thread reader;

        Client(int port, byte[] beginning) throws IOException {
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            reader = Thread.startVirtualThread(this::readToTheEnd);
            try {
                socket.getOutputStream().write(beginning);
            } catch (IOException closedAtOnce) {
                socket.close();
            }
        }

        boolean isOpen() {
            return reader.isAlive();
        }

        private void readToTheEnd() {
            try (socket) {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // so the thread ends, which is what is asked
            }
        }
    }
}
