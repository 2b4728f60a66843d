package io.keyward.chaos;

/// Something that contradicts a guarantee.
///
/// @param what a sentence that names the record
record Violation(Kind kind, String what) {
    enum Kind {
        /// Something that must be there is not, or not as it must be.
        LOST,
        /// Something is there more often than it may, or must not be there.
        DOUBLED
    }

    static Violation lost(String what) {
        return new Violation(Kind.LOST, what);
    }

    static Violation doubled(String what) {
        return new Violation(Kind.DOUBLED, what);
    }
}
