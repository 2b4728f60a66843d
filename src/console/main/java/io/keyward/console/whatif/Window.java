package io.keyward.console.whatif;

import io.keyward.console.replica.BadCursorException;
import java.util.Optional;

/// Which environments an answer tells in full, by their place among those that change; the others are only counted.
///
/// @param first the place of the first one, from 0
/// @param limit how many they are at most
public record Window(int first, int limit) {
    /// The most environments of a page: their records are long.
    public static final int MOST = 25;

    /// Those that follow a cursor.
    ///
    /// @param limit no more than [#MOST] of them are told
    /// @throws BadCursorException if no answer gave it
    public static Window after(Optional<String> cursor, int limit) {
        try {
            return new Window(cursor.map(Integer::parseUnsignedInt).orElse(0), Math.min(limit, MOST));
        } catch (NumberFormatException foreign) {
            throw new BadCursorException(cursor.orElseThrow());
        }
    }

    /// The cursor of what follows; empty if nothing does.
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
