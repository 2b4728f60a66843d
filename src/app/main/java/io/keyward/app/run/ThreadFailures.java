package io.keyward.app.run;

import org.apache.kafka.streams.processor.internals.StreamThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs the failure that ended a thread, in the format of the log. Without it, Java prints a bare stack trace.
public final class ThreadFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    private ThreadFailures() {}

    /// Does so for every thread that has no handler of its own.
    public static void logUncaught() {
        Thread.setDefaultUncaughtExceptionHandler(ThreadFailures::log);
    }

    /// [Recovery] has already logged the failure of a stream thread; Kafka throws it once more when it replaces
    /// the thread.
    private static void log(Thread thread, Throwable failure) {
        if (thread instanceof StreamThread) {
            LOG.debug("The stream thread {} has ended", thread.getName());
        } else {
            LOG.error("The thread {} has ended because of a failure", thread.getName(), failure);
        }
    }
}
