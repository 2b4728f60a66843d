package io.keyward.app.run;

import org.apache.kafka.streams.processor.internals.StreamThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log, and in its form, which failure ended a thread. Without it Java prints a bare stack trace.
public final class ThreadFailures implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    private ThreadFailures() {}

    /// From now on, for every thread that has no handler of its own.
    public static void logUncaught() {
        Thread.setDefaultUncaughtExceptionHandler(new ThreadFailures());
    }

    /// What ended a stream thread was handed to [Recovery] before, which has said it; Kafka throws it once more when it
    /// replaces the thread.
    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (thread instanceof StreamThread) {
            LOG.debug("The stream thread {} has ended", thread.getName());
        } else {
            LOG.error("The thread {} has ended because of a failure", thread.getName(), failure);
        }
    }
}
