package io.keyward.topology;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.PendingFanOut;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports the progress of fan-outs that need more than one budget: in metrics, and in the log at most every
/// ten seconds and at the end of a large fan-out.
final class FanOutProgress {
    private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LARGE_FAN_OUT = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(FanOutProgress.class);

    private final int partition;
    private final FlowObserver observer;
    private final LongSupplier nanoTime;
    private int waiting;
    private long nextLogNanos;

    FanOutProgress(int partition, FlowObserver observer, LongSupplier nanoTime) {
        this.partition = partition;
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.nextLogNanos = nanoTime.getAsLong();
    }

    /// Reports the number of pending fan-outs.
    void waiting(int fanOuts) {
        if (fanOuts != waiting) {
            waiting = fanOuts;
            observer.fanOutsWaiting(partition, fanOuts);
        }
    }

    /// Reports that a fan-out has used a budget.
    ///
    /// @param reached how many environments were decided within this budget
    /// @param done whether the fan-out is complete
    void advanced(PendingFanOut before, int reached, boolean done) {
        observer.reachedByFanOut(reached);
        long all = before.reached() + reached;
        if (done && before.fanOut() instanceof FanOut.OfKey) {
            observer.fannedOut(all);
        }
        boolean interrupted = before.reached() > 0 || !done;
        boolean due = nanoTime.getAsLong() - nextLogNanos >= 0;
        if (interrupted && (due || (done && all >= LARGE_FAN_OUT))) {
            log(before.trigger().cause(), all, done);
            nextLogNanos = nanoTime.getAsLong() + PERIOD_NANOS;
        }
    }

    private void log(Cause cause, long reached, boolean done) {
        LogSubject about = LogSubject.of(cause);
        about.addTo(LOG.atInfo())
                .log(
                        "The fan-out for the record at {} has decided {} environments{}",
                        about,
                        reached,
                        done ? " and is complete" : " so far");
    }
}
