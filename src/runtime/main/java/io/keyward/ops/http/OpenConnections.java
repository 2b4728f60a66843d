package io.keyward.ops.http;

import io.keyward.kafka.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/// Closes the connections of slow clients, so that they cannot keep others from the endpoint.
///
/// A connection waits for a request until its headers are complete, then it is at work until its response is
/// sent, and so on. Whatever it does, it has the same time for it. When too many are open, the one that began
/// first what it does now is closed: a client that sends and reads is finished within milliseconds.
final class OpenConnections implements Connection.Listener {
    private final int most;
    private final Duration longest;

    /// How long each connection has done what it does now, the first one first.
    private final SequencedMap<Connection, Stopwatch> open = new LinkedHashMap<>();

    /// @param most how many may be open
    /// @param longest the time to send the headers of a request, and the time from then to the end of the response
    OpenConnections(int most, Duration longest) {
        this.most = most;
        this.longest = longest;
    }

    /// Checks once per second, until the scheduler stops.
    void watch(Scheduler scheduler) {
        overdue().forEach(OpenConnections::close);
        scheduler.schedule(() -> watch(scheduler), 1, TimeUnit.SECONDS);
    }

    /// A connection begins to work on a request, or to wait for one.
    synchronized void turn(Connection connection) {
        if (open.remove(connection) != null) {
            open.putLast(connection, Stopwatch.start());
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (!isTls(connection)) {
            admit(connection).forEach(OpenConnections::close);
        }
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        open.remove(connection);
    }

    /// TLS is a connection of its own below that of HTTP.
    private static boolean isTls(Connection connection) {
        return connection instanceof SslConnection;
    }

    /// Adds a connection. Returns the one to close, if there are too many now.
    private synchronized List<Connection> admit(Connection connection) {
        open.put(connection, Stopwatch.start());
        return open.size() > most ? List.of(open.pollFirstEntry().getKey()) : List.of();
    }

    private synchronized List<Connection> overdue() {
        List<Connection> overdue = new ArrayList<>();
        Iterator<Map.Entry<Connection, Stopwatch>> oldest = open.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Connection, Stopwatch> next = oldest.next();
            if (!next.getValue().hasReached(longest)) {
                break;
            }
            overdue.add(next.getKey());
            oldest.remove();
        }
        return overdue;
    }

    private static void close(Connection connection) {
        connection.getEndPoint().close();
    }
}
