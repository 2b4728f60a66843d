package io.keyward.console.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A list of rows that is read page by page.
///
/// @param list which one cursors name
/// @param base the part of every row's key before the place that a cursor holds
/// @param from the first place
/// @param to where the places end, exclusive
@SuppressWarnings("ArrayRecordComponent") // never compared
record Listing(Frozen frozen, char list, byte[] base, byte[] from, byte[] to) {
    /// The most rows that one page looks at.
    static final int ROWS_PER_PAGE = 1_000;

    /// @param after the cursor of the previous page
    /// @param entry what a place says; empty if it is passed over
    /// @throws BadCursorException if the cursor is not from such a page
    <T> Page<T> page(Optional<String> after, int limit, Function<KeyReader, Optional<T>> entry) {
        byte[] last = after.map(cursor -> KeyWriter.next(Cursor.read(list, cursor)))
                .map(next -> KeyWriter.later(next, from))
                .orElse(from);
        List<T> found = new ArrayList<>();
        try (Scan rows = frozen.scan(base, last, to, true)) {
            for (int seen = 0; rows.hasNext() && found.size() < limit && seen < ROWS_PER_PAGE; seen++) {
                last = rows.next().key.get();
                entry.apply(new KeyReader(last)).ifPresent(found::add);
            }
            return new Page<>(found, rows.hasNext() ? Optional.of(Cursor.write(list, last)) : Optional.empty());
        }
    }
}
