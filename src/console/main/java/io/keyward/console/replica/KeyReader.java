package io.keyward.console.replica;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Parses keys that [KeyWriter] wrote, from front to back.
final class KeyReader {
    private final ByteBuffer bytes;

    KeyReader(byte[] key) {
        this(key, 0);
    }

    /// Starts after that many bytes.
    KeyReader(byte[] key, int start) {
        bytes = ByteBuffer.wrap(key).position(start);
    }

    int position() {
        return bytes.position();
    }

    String text() {
        int start = bytes.position();
        int end = start;
        while (bytes.get(end) != 0) {
            end++;
        }
        bytes.position(end + 1);
        return new String(bytes.array(), start, end - start, StandardCharsets.UTF_8);
    }

    /// A text; absent if it is empty.
    Optional<String> given() {
        return Optional.of(text()).filter(text -> !text.isEmpty());
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    /// Skips texts.
    KeyReader skip(int texts) {
        for (int left = texts; left > 0; ) {
            left -= bytes.get() == 0 ? 1 : 0;
        }
        return this;
    }

    /// The key from its start to the end of the next `texts` texts.
    byte[] first(int texts) {
        return Arrays.copyOf(bytes.array(), skip(texts).position());
    }

    /// The texts of the whole key in lower case, with a slash after each.
    String joined() {
        return new String(bytes.array(), StandardCharsets.UTF_8)
                .replace('\0', '/')
                .toLowerCase(Locale.ROOT);
    }

    int code() {
        return bytes.get();
    }

    int number() {
        return bytes.getInt();
    }

    long longNumber() {
        return bytes.getLong();
    }

    byte[] sized() {
        int length = number();
        if (length < 0) {
            return null;
        }
        byte[] part = new byte[length];
        bytes.get(part);
        return part;
    }

    Instant time() {
        return Instant.ofEpochMilli(bytes.getLong() ^ Long.MIN_VALUE);
    }
}
