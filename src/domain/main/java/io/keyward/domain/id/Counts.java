package io.keyward.domain.id;

/// Checks counts.
public final class Counts {
    private Counts() {}

    /// Checks that a count is not negative.
    ///
    /// @throws RefusedException `INVALID_FIELD`, naming the field, if it is negative
    public static void requireNotNegative(String field, long count) {
        if (count < 0) {
            throw RefusedException.invalidField(field + " is " + count + "; expected 0 or more.");
        }
    }

    /// Checks that a list is not too long.
    ///
    /// @param entries the name of its entries in messages
    /// @throws RefusedException `INVALID_FIELD`, naming the field, if it is longer than that
    public static void requireAtMost(String field, int size, int most, String entries) {
        if (size > most) {
            throw RefusedException.invalidField(
                    field + " holds " + size + " " + entries + "; expected up to " + most + ".");
        }
    }
}
