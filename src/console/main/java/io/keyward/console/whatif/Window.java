package io.keyward.console.whatif;

import io.keyward.console.replica.BadCursorException;
import java.util.Optional;

/// Which environments an answer returns in full, by their rank among those that change. The others
/// are only counted.
///
/// @param first the rank of the first one, from 0
/// @param limit the maximum number of environments
public record Window(int first, int limit) {
    /// The maximum number of environments on a page: their records are long.
    public static final int MOST = 25;

    /// The environments after a cursor.
    ///
    /// @param limit capped at [#MOST]
    /// @throws BadCursorException if the cursor is not from an answer
    public static Window after(Optional<String> cursor, int limit) {
        try {
            return new Window(cursor.map(Integer::parseUnsignedInt).orElse(0), Math.min(limit, MOST));
        } catch (NumberFormatException foreign) {
            throw new BadCursorException(cursor.orElseThrow());
        }
    }

    /// The cursor of the next environments; empty if there are none.
    ///
    /// @param all how many environments there are
    Optional<String> next(long all) {
        long end = (long) first + limit;
        return end < all ? Optional.of(Long.toString(end)) : Optional.empty();
    }

    boolean shows(int rank) {
        return rank >= first && rank - first < limit;
    }
}
