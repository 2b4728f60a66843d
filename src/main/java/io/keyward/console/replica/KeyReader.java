package io.keyward.console.replica;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Takes apart what [KeyWriter] composed, from front to back.
final class KeyReader {
    private final ByteBuffer bytes;

    /// @param from where the first part begins
    KeyReader(byte[] key, int from) {
        bytes = ByteBuffer.wrap(key).position(from);
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

    int code() {
        return bytes.get();
    }

    int number() {
        return bytes.getInt();
    }

    long longNumber() {
        return bytes.getLong();
    }

    Instant time() {
        return Instant.ofEpochMilli(bytes.getLong() ^ Long.MIN_VALUE);
    }

    byte[] rest() {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }
}
