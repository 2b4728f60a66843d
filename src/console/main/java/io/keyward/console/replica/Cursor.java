package io.keyward.console.replica;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Cursors: opaque texts with the key of the last entry of a page. The first byte identifies the list.
final class Cursor {
    /// Keys are tenant and environment.
    static final char ENVIRONMENTS = 'e';

    static final char TIMELINE = 't';
    static final char DEADLINES = 'd';
    static final char TENANTS = 'n';
    /// Keys are tenant, vault and key name.
    static final char KEYS = 'k';
    static final char LOCKED = 'l';
    static final char LOCKED_KEYS = 'o';

    private Cursor() {}

    static String write(char list, byte[] key) {
        byte[] bytes = KeyWriter.joined(new byte[] {(byte) list}, key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The key in a cursor.
    ///
    /// @throws BadCursorException if the cursor is not of that list
    static byte[] read(char list, String cursor) {
        byte[] bytes = decoded(cursor);
        if (bytes.length < 2 || bytes[0] != list) {
            throw new BadCursorException(cursor);
        }
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /// The smallest key after all keys that start with the key in the cursor; for lists whose keys end
    /// with a text.
    ///
    /// @param cursor of the previous page; empty for the first page
    /// @throws BadCursorException if the cursor is not of that list
    static byte[] after(char list, Optional<String> cursor) {
        byte[] key = cursor.map(given -> read(list, given)).orElse(Scan.OPEN);
        if (key.length > 0 && key[key.length - 1] != 0) {
            throw new BadCursorException(cursor.orElseThrow());
        }
        return KeyWriter.after(key);
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException foreign) {
            throw new BadCursorException(cursor);
        }
    }
}
