package io.keyward.proof;

import java.util.List;

/// What one reading shows to be different from what it should be.
///
/// @param awaitsFanOut whether an unfinished fan-out still has to decide it. Otherwise something is wrong, or a
///     transaction was seen in part
/// @param evidence the offsets of the records that it rests on, and other numbers that change with these
record Discrepancy(ProofFinding finding, boolean awaitsFanOut, List<Long> evidence) {
    /// The same, but a fan-out may still resolve it.
    Discrepancy untilAFanOutEnds() {
        return new Discrepancy(finding, true, evidence);
    }
}
