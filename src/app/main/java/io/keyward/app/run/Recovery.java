package io.keyward.app.run;

import io.keyward.topology.Outages;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what follows the end of a stream thread: after an outage, however long, another thread reads the same
/// records again, as after a fence by nobody else; after a defect the instance stops and the failure is kept.
/// Safe for many threads.
final class Recovery implements StreamsUncaughtExceptionHandler {
    /// A failure that comes back at once must not keep the machine busy.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Runnable pause;
    private final BooleanSupplier rivalled;
    private Optional<Throwable> failure = Optional.empty();

    /// @param rivalled whether the name of this stream thread, which is fenced, is another instance's
    Recovery(BooleanSupplier rivalled) {
        this(() -> LockSupport.parkNanos(PAUSE.toNanos()), rivalled);
    }

    /// @param pause before a thread that met an outage of Kafka is replaced
    Recovery(Runnable pause, BooleanSupplier rivalled) {
        this.pause = pause;
        this.rivalled = rivalled;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable thrown) {
        if (Outages.isOutageOfRegistry(thrown)) {
            LOG.debug("A stream thread is replaced because the schema registry does not answer");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (Outages.isOutage(thrown)) {
            LOG.warn(
                    "A stream thread ended because of an outage and is replaced; it will read the same records again: {}",
                    Outages.innermost(thrown).getMessage());
            pause.run();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (Outages.causes(thrown).anyMatch(FencedInstanceIdException.class::isInstance)) {
            LOG.warn(
                    "Kafka has given the name of a stream thread in the group to a newer member; if nobody speaks for that, the thread is replaced");
            if (!rivalled.getAsBoolean()) {
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            }
        }
        keep(thrown);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private synchronized void keep(Throwable thrown) {
        if (failure.isEmpty()) {
            failure = Optional.of(thrown);
            LOG.error("The instance stops because of a failure", thrown);
        }
    }

    /// What stopped the instance first.
    synchronized Optional<Throwable> failure() {
        return failure;
    }
}
