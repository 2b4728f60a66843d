package io.keyward.proof;

/// What one reading shows to be different from what it should be.
///
/// @param kind whether time alone may end it
/// @param evidence a number that changes if any of the records changes that it rests on
record Discrepancy(ProofFinding finding, Kind kind, long evidence) {
    /// The same, but a sweep may end it.
    Discrepancy untilASweepEnds() {
        return new Discrepancy(finding, Kind.AWAITS_SWEEP, evidence);
    }

    /// Why it is there, as far as one reading tells.
    enum Kind {
        /// Something is wrong, or a transaction was seen in part.
        DIFFERENCE,
        /// A sweep that has not ended still has to decide it.
        AWAITS_SWEEP
    }
}
