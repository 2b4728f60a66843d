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

/// Closes the connections of slow clients, so that they cannot block others.
///
/// A connection alternates between waiting for a request, until its headers are complete, and working, until its
/// response is sent. Both phases have the same time limit. If too many connections are open, the one whose current
/// phase started first is closed: a client that sends and reads takes only milliseconds.
final class OpenConnections implements Connection.Listener {
    private final int most;
    private final Duration longest;

    /// The time since the current phase of each connection started, oldest first.
    private final SequencedMap<Connection, Stopwatch> open = new LinkedHashMap<>();

    /// @param most the maximum number of open connections
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

    /// Starts the next phase of a connection.
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

    /// TLS has a connection of its own, below that of HTTP.
    private static boolean isTls(Connection connection) {
        return connection instanceof SslConnection;
    }

    /// Adds a connection. Returns the connection to close if too many are open now.
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
