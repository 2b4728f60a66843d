package io.keyward.console.replica;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The texts that name a place in a list. The first byte says which list.
final class Cursor {
    /// Places by tenant and environment.
    static final char ENVIRONMENTS = 'e';

    static final char TIMELINE = 't';
    static final char DEADLINES = 'd';
    static final char TENANTS = 'n';
    /// Places by tenant, vault and key.
    static final char KEYS = 'k';
    static final char LOCKED = 'l';
    static final char LOCKED_KEYS = 'o';

    private Cursor() {}

    static String write(char list, byte[] place) {
        byte[] bytes = KeyWriter.joined(new byte[] {(byte) list}, place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The place of a cursor.
    ///
    /// @throws BadCursorException if it is none of that list
    static byte[] read(char list, String cursor) {
        byte[] bytes = decoded(cursor);
        if (bytes.length < 2 || bytes[0] != list) {
            throw new BadCursorException(cursor);
        }
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /// The first place behind everything that begins with the place of the cursor; of a list that ends its places
    /// with a text.
    ///
    /// @param cursor of the previous page; empty for the first page
    /// @throws BadCursorException if it is none of that list
    static byte[] after(char list, Optional<String> cursor) {
        byte[] place = cursor.map(given -> read(list, given)).orElse(Scan.OPEN);
        if (place.length > 0 && place[place.length - 1] != 0) {
            throw new BadCursorException(cursor.orElseThrow());
        }
        return KeyWriter.after(place);
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException foreign) {
            throw new BadCursorException(cursor);
        }
    }
}
