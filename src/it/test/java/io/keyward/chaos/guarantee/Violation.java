package io.keyward.chaos.guarantee;

/// Something that contradicts a guarantee.
///
/// @param what a sentence that names the record
public record Violation(Kind kind, String what) {
    public enum Kind {
        /// A record is missing or wrong.
        LOST,
        /// A record is there too often, or must not be there.
        DOUBLED
    }

    public static Violation lost(String what) {
        return new Violation(Kind.LOST, what);
    }

    public static Violation doubled(String what) {
        return new Violation(Kind.DOUBLED, what);
    }
}
