package io.keyward.console.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A list of rows that is read page by page.
///
/// @param list which one cursors name
/// @param base the part of every row's key before the place that a cursor holds
/// @param start what all places begin with
@SuppressWarnings("ArrayRecordComponent") // never compared
record Listing(Frozen frozen, char list, byte[] base, byte[] start) {
    /// The most rows that one page looks at, if it looks up something for each.
    static final int ROWS_PER_PAGE = 1_000;

    /// The most rows that one page looks at, if it looks up something only for those with the right names.
    static final int NAMES_PER_PAGE = 100_000;

    /// @param after the cursor of the previous page
    /// @param most how many rows it looks at
    /// @param entry what a place says; empty if it is passed over
    /// @throws BadCursorException if the cursor is not from such a page
    <T> Page<T> page(Optional<String> after, int limit, int most, Function<KeyReader, Optional<T>> entry) {
        byte[] last = after.map(cursor -> KeyWriter.beyond(Cursor.read(list, cursor)))
                .map(next -> KeyWriter.later(next, start))
                .orElse(start);
        List<T> found = new ArrayList<>();
        try (Scan rows = frozen.scan(base, last, KeyWriter.after(start), true)) {
            for (int seen = 0; rows.hasNext() && found.size() < limit && seen < most; seen++) {
                last = rows.next().key.get();
                entry.apply(new KeyReader(last)).ifPresent(found::add);
            }
            return new Page<>(found, rows.hasNext() ? Optional.of(Cursor.write(list, place(last))) : Optional.empty());
        }
    }

    /// Of an environment only tenant and id: what follows may have changed when the next page is asked for.
    private byte[] place(byte[] row) {
        return list == Cursor.ENVIRONMENTS ? new KeyReader(row).first(2) : row;
    }
}
