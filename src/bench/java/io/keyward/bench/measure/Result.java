package io.keyward.bench.measure;

import java.util.Optional;

/// The result of one subject, or one of its variants, in one round.
///
/// @param usage the resources used for the second half of the events
/// @param recordsPerEvent all records that it has written to the broker, transaction markers included, per
/// event
/// @param outcome its published outputs; empty for subjects that decide nothing
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
