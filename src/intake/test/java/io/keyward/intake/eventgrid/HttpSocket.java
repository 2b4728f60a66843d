package io.keyward.intake.eventgrid;

import io.keyward.testing.process.Patience;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A connection on which anything can be sent, and answers are read.
final class HttpSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) Patience.LIMIT.toMillis();

    private final Socket socket;
    private final InputStream input;
    private String ended = "";

    HttpSocket(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        input = new BufferedInputStream(socket.getInputStream());
    }

    /// @param headers by name in lower case
    record Answer(int status, Map<String, String> headers, String body) {}

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The answer to a request. Empty if the server closes the connection instead.
    ///
    /// @param isMore whether other requests follow
    Optional<Answer> ask(byte[] request, boolean isMore, boolean isHead) {
        try {
            send(request);
            if (!isMore) {
                socket.shutdownOutput();
            }
        } catch (IOException _) {
            // it may have been answered before its end
        }
        return read(isHead);
    }

    /// The next answer, without those that are only interim. Empty if the server closes the connection instead.
    ///
    /// @param isHead whether it comes without its body
    Optional<Answer> read(boolean isHead) {
        try {
            Answer answer = readOne(isHead);
            return answer.status() < 200 ? read(isHead) : Optional.of(answer);
        } catch (IOException closed) {
            ended = closed.toString();
            return Optional.empty();
        }
    }

    /// Why there was no answer.
    String ended() {
        return ended;
    }

    private Answer readOne(boolean isHead) throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        int length = isHead ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Answer(status, headers, new String(input.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
