package io.keyward.console.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A list that is read page by page, in the order of places: what rows are or begin with.
///
/// @param list which one cursors name
/// @param after the cursor of the previous page; empty for the first page
/// @param most how many places a page looks at
record Listing(ReplicaSnapshot snapshot, char list, Optional<String> after, int limit, int most) {
    /// The most places that one page looks at, if it looks up something for each.
    static final int ROWS_PER_PAGE = 1_000;

    /// The most places that one page looks at, if it looks up something only for those with the right names.
    static final int NAMES_PER_PAGE = 100_000;

    /// A page of rows.
    ///
    /// @param base the part of every row's key before the place
    /// @param start what all places begin with
    /// @param entry what a place says; empty if it is passed over
    /// @throws BadCursorException if the cursor is not from such a page
    <T> Page<T> page(byte[] base, byte[] start, Function<byte[], Optional<T>> entry) {
        try (Scan rows = snapshot.scan(base, from(start), KeyWriter.after(start), true)) {
            return page(_ -> rows.hasNext() ? Optional.of(rows.nextKey()) : Optional.empty(), entry);
        }
    }

    /// A page of what many rows begin with. These are passed over at once.
    ///
    /// @param start what all places begin with
    /// @param next the first place from a key on
    /// @param entry what a place says; empty if it is passed over
    /// @throws BadCursorException if the cursor is not from such a page
    <T> Page<T> page(byte[] start, Function<byte[], Optional<byte[]>> next, Function<byte[], Optional<T>> entry) {
        byte[] from = from(start);
        return page(last -> next.apply(last.length == 0 ? from : KeyWriter.after(last)), entry);
    }

    private byte[] from(byte[] start) {
        return KeyWriter.later(Cursor.after(list, after), start);
    }

    /// @param next the place after one, or the first place after none
    private <T> Page<T> page(Function<byte[], Optional<byte[]>> next, Function<byte[], Optional<T>> entry) {
        byte[] last = Scan.OPEN;
        List<T> found = new ArrayList<>();
        Optional<byte[]> rowKey = next.apply(last);
        for (int seen = 0; rowKey.isPresent() && found.size() < limit && seen < most; seen++) {
            last = rowKey.get();
            entry.apply(last).ifPresent(found::add);
            rowKey = next.apply(last);
        }
        return new Page<>(found, rowKey.isPresent() ? Optional.of(Cursor.write(list, rowKey(last))) : Optional.empty());
    }

    /// Of an environment only tenant and id: what follows may have changed when the next page is asked for.
    private byte[] rowKey(byte[] row) {
        return list == Cursor.ENVIRONMENTS ? new KeyReader(row).first(2) : row;
    }
}
