package io.keyward.domain;

/// The check of every counted thing.
final class Counts {
    private Counts() {}

    /// @throws RefusedException `INVALID_FIELD`, naming the field, when the count is negative
    static void notNegative(String field, int count) {
        if (count < 0) {
            throw new RefusedException(RefusalCode.INVALID_FIELD, field + " is " + count + "; expected 0 or more.");
        }
    }
}
