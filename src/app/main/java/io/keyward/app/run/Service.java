package io.keyward.app.run;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/// What a process runs until it is asked to stop.
public interface Service extends Assembled {
    /// Does nothing while the service can go on.
    ///
    /// @throws io.keyward.cluster.CommandFailedException with what an operator can do, if it cannot go on
    void rethrowFailure();

    /// Waits until the stop signal is given, or the service cannot go on.
    ///
    /// @throws io.keyward.cluster.CommandFailedException if the service cannot go on
    default void awaitEnd(StopSignal stop) {
        stop.awaitWhile(this::rethrowFailure);
    }

    /// Runs a service until its end, and closes it.
    ///
    /// @param begin what is done once a stop signal ends the service in order
    static <T extends Service> void run(Logger log, Supplier<T> start, Consumer<T> begin) {
        try (StopSignal stop = StopSignal.install()) {
            try (T service = start.get()) {
                begin.accept(service);
                service.awaitEnd(stop);
            }
            log.info("Stopped"); // before the signal is closed, since that lets the process end
        }
    }
}
