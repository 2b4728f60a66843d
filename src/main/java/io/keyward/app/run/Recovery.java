package io.keyward.app.run;

import io.keyward.topology.Outages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what follows the end of a stream thread: after an outage another thread reads the same records again;
/// after a defect, or when outages of Kafka come in a burst, the instance stops and the failure is kept. Safe for
/// many threads.
final class Recovery implements StreamsUncaughtExceptionHandler {
    /// After more outages of Kafka than this within the window, retrying is pointless.
    static final int LIMIT = 20;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final InstantSource clock;
    private final Deque<Instant> outages = new ArrayDeque<>();
    private Optional<Throwable> failure = Optional.empty();

    Recovery(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable thrown) {
        if (Outages.isOutageOfRegistry(thrown)) {
            LOG.debug("A stream thread is replaced because the schema registry does not answer");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (Outages.isOutage(thrown) && !isBurst()) {
            LOG.warn(
                    "A stream thread ended because of an outage and is replaced; it will read the same records again: {}",
                    Outages.innermost(thrown).getMessage());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (failure.isEmpty()) {
            failure = Optional.of(thrown);
            LOG.error("The instance stops because of a failure", thrown);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /// What stopped the instance first.
    synchronized Optional<Throwable> failure() {
        return failure;
    }

    private boolean isBurst() {
        Instant now = clock.instant();
        outages.addLast(now);
        while (outages.getFirst().isBefore(now.minus(WINDOW))) {
            outages.removeFirst();
        }
        return outages.size() > LIMIT;
    }
}
