package io.keyward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The time that a run has left, and the trials that were skipped for lack of time.
final class TimeBudget {
    private final long begun = System.nanoTime();
    private final Duration limit;
    private final List<String> leftOut = new ArrayList<>();

    TimeBudget(Duration limit) {
        this.limit = limit;
    }

    /// Whether a trial of about this duration would end in time. If not, notes that the trial was skipped.
    boolean suffices(String what, Duration estimate) {
        boolean fits = spent().plus(estimate).compareTo(limit) < 0;
        if (!fits) {
            leftOut.add("%s (about %d s)".formatted(what, estimate.toSeconds()));
        }
        return fits;
    }

    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}
