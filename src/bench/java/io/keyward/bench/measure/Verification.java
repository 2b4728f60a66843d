package io.keyward.bench.measure;

import io.keyward.bench.subject.Partitions;
import io.keyward.bench.subject.WriteProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks that a subject has done all of its work.
///
/// @param environments the minimum number of environments with a decision
/// @param profile the records that the product has written
record Verification(int environments, long events, Optional<WriteProfile> profile) {
    /// All missing work, as sentences.
    List<String> faults(Result result) {
        List<String> faults = new ArrayList<>();
        result.outcome().ifPresent(outcome -> {
            if (outcome.environments() < environments) {
                faults.add("%,d environments have a decision, expected are %,d"
                        .formatted(outcome.environments(), environments));
            }
        });
        double expected = expectedRecords(result.subject());
        if (result.recordsPerEvent() < expected) {
            faults.add("it has written %.4f records per event, expected are %.4f"
                    .formatted(result.recordsPerEvent(), expected));
        }
        return faults;
    }

    private double expectedRecords(Subject subject) {
        return switch (subject) {
            case RAW_CONSUMER -> 0;
            case PASSTHROUGH -> 1;
            case MATCHED_PASSTHROUGH -> repeated(1);
            case MATCHED_STREAMS -> repeated(Partitions.COUNT);
            default -> (double) environments / events;
        };
    }

    /// The records that a subject has written that repeats the profile.
    ///
    /// @param counters how many counters of its own it has for each flow; each may leave less than a record due
    private double repeated(int counters) {
        return profile.orElseThrow().flows().stream()
                .mapToDouble(flow -> flow.perEvent() - (double) counters / events)
                .sum();
    }
}
