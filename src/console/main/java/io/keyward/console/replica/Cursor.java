package io.keyward.console.replica;

import java.util.Arrays;
import java.util.Base64;

/// The texts that name a place in a list. The first byte says which list.
final class Cursor {
    /// Places by tenant and environment.
    static final char ENVIRONMENTS = 'e';
    /// Places by word, tenant and environment.
    static final char WORDS = 'w';

    static final char TIMELINE = 't';
    static final char DUE_DATES = 'd';

    private Cursor() {}

    static String write(char list, byte[] place) {
        byte[] bytes = KeyWriter.joined(new byte[] {(byte) list}, place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isOf(char list, String cursor) {
        byte[] bytes = decoded(cursor);
        return bytes.length > 1 && bytes[0] == list;
    }

    /// @throws BadCursorException if it is none of that list
    static byte[] read(char list, String cursor) {
        if (!isOf(list, cursor)) {
            throw new BadCursorException(cursor);
        }
        byte[] bytes = decoded(cursor);
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException foreign) {
            throw new BadCursorException(cursor);
        }
    }
}
