package io.keyward.bench.measure;

import java.util.Optional;

/// One subject, or one of its variants, in one round.
///
/// @param recordsPerEvent what it has written to the broker in all, markers of transactions included
/// @param outcome what it has published; none of those that decide nothing or were stopped
public record Result(
        Entrant entrant,
        int round,
        Course course,
        double recordsPerEvent,
        Footprint footprint,
        Optional<Outcome> outcome) {
    public Subject subject() {
        return entrant.subject();
    }

    /// What the second half of the events took.
    public Usage usage() {
        return course.secondHalf();
    }
}
