package io.keyward.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a signal forbids of a sink.
///
/// @param since the start; [Instant#EPOCH]: the beginning of time; empty: only the gaps are forbidden
/// @param readable false: the signal could not be read, and this is the content of the one before it
record SinkSignal(Optional<Instant> since, List<Interval> gaps, boolean readable) {
    static final SinkSignal NONE = new SinkSignal(Optional.empty(), List.of(), true);

    SinkSignal {
        gaps = List.copyOf(gaps);
    }

    SinkSignal unreadable() {
        return new SinkSignal(since, gaps, false);
    }

    List<Interval> forbidden() {
        List<Interval> all = new ArrayList<>(gaps);
        since.map(from -> new Interval(Optional.of(from).filter(Instant.EPOCH::isBefore), Optional.empty()))
                .ifPresent(all::add);
        return all;
    }

    /// The answer for data of this time; of a gap, if it lies in one.
    GateAnswer answer(Instant time) {
        for (Interval gap : gaps) {
            if (gap.contains(time)) {
                return new GateAnswer.Gap(gap.from(), gap.until().orElseThrow());
            }
        }
        return since.filter(from -> from.equals(Instant.EPOCH) || !time.isBefore(from))
                .<GateAnswer>map(GateAnswer.Suppressed::new)
                .orElseGet(GateAnswer.Pass::new);
    }
}
