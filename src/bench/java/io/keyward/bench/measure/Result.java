package io.keyward.bench.measure;

import java.util.Optional;

/// One subject, or one of its variants, in one round.
///
/// @param usage what the second half of the events took
/// @param recordsPerEvent what it has written to the broker in all, markers of transactions included
/// @param outcome what it has published; none of those that decide nothing
public record Result(
        SubjectVariant subjectVariant,
        int round,
        Usage usage,
        double recordsPerEvent,
        MemoryAndDisk footprint,
        Optional<FinalDecisions> outcome) {
    public Subject subject() {
        return subjectVariant.subject();
    }
}
