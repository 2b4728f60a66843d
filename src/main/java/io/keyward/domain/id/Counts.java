package io.keyward.domain.id;

/// The check of every counted thing.
public final class Counts {
    private Counts() {}

    /// Checks that a count is no less than 0.
    ///
    /// @throws RefusedException `INVALID_FIELD`, naming the field, when the count is negative
    public static void requireNotNegative(String field, int count) {
        if (count < 0) {
            throw new RefusedException(RefusalCode.INVALID_FIELD, field + " is " + count + "; expected 0 or more.");
        }
    }
}
