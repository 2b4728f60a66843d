package io.keyward.bench.measure;

import java.util.Optional;

/// One subject in one round.
///
/// @param usage of the second half of the events
/// @param recordsPerEvent what it has written to the broker in all, markers of transactions included
/// @param outcome what it has published; none of those that decide nothing
public record Result(
        Subject subject,
        int round,
        Usage usage,
        double recordsPerEvent,
        Footprint footprint,
        Optional<Outcome> outcome) {}
