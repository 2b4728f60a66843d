package io.keyward.console.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A list that is read page by page, in the order of entry keys: row keys or prefixes of them.
///
/// @param list the list that its cursors identify
/// @param after the cursor of the previous page; empty for the first page
/// @param most the maximum number of entry keys that a page visits
record Listing(ReplicaSnapshot snapshot, char list, Optional<String> after, int limit, int most) {
    /// The maximum number of visited keys if each needs a lookup.
    static final int ROWS_PER_PAGE = 1_000;

    /// The maximum number of visited keys if only those with matching names need a lookup.
    static final int NAMES_PER_PAGE = 100_000;

    /// A page of rows.
    ///
    /// @param base the part of every row's key before the entry key
    /// @param start the prefix of all entry keys
    /// @param entry the entry of a key; empty if it is skipped
    /// @throws BadCursorException if the cursor is not from such a page
    <T> Page<T> page(byte[] base, byte[] start, Function<byte[], Optional<T>> entry) {
        try (Scan rows = snapshot.scan(base, from(start), KeyWriter.after(start), true)) {
            return page(_ -> rows.hasNext() ? Optional.of(rows.nextKey()) : Optional.empty(), entry);
        }
    }

    /// A page of prefixes that many rows share. The scan skips the rows of a prefix at once.
    ///
    /// @param start the prefix of all entry keys
    /// @param next the first entry key at or after a key
    /// @param entry the entry of a key; empty if it is skipped
    /// @throws BadCursorException if the cursor is not from such a page
    <T> Page<T> page(byte[] start, Function<byte[], Optional<byte[]>> next, Function<byte[], Optional<T>> entry) {
        byte[] from = from(start);
        return page(last -> next.apply(last.length == 0 ? from : KeyWriter.after(last)), entry);
    }

    private byte[] from(byte[] start) {
        return KeyWriter.later(Cursor.after(list, after), start);
    }

    /// @param next the entry key after the given one; the first one if none is given
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

    /// For an environment only tenant and id: the rest may have changed when the next page is requested.
    private byte[] rowKey(byte[] row) {
        return list == Cursor.ENVIRONMENTS ? new KeyReader(row).first(2) : row;
    }
}
