package io.keyward.avro.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/// Packs 32 hexadecimal digits in lower case into 16 bytes. Most ids on Azure are UUIDs, and key versions in Key
/// Vault are such digits without hyphens. Reusable. Not thread-safe.
final class HexText {

    static final int BYTES = 16;
    static final int LENGTH = 2 * BYTES;
    static final int UUID_LENGTH = LENGTH + 4;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    /// The indexes of the two digits of each byte in a text without hyphens.
    private static final int[] PLAIN_DIGITS = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};

    /// The indexes of the two digits of each byte in a UUID.
    private static final int[] UUID_DIGITS = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    private static final int[] HYPHENS = {8, 13, 18, 23};

    private final byte[] packed = new byte[BYTES];
    private final ByteBuffer halves = ByteBuffer.wrap(packed);

    private static byte[] values() {
        byte[] values = new byte[1 << Byte.SIZE];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }

    /// The buffer of [#pack] and [#unpack].
    byte[] packed() {
        return packed;
    }

    /// Packs a text of either length. Returns false if [#unpack] would not return the same text.
    boolean pack(String text) {
        boolean uuid = text.length() == UUID_LENGTH;
        if (uuid && !hasHyphens(text)) {
            return false;
        }
        int[] digits = uuid ? UUID_DIGITS : PLAIN_DIGITS;
        int all = 0;
        for (int i = 0; i < BYTES; i++) {
            int value = value(text.charAt(digits[i])) << 4 | value(text.charAt(digits[i] + 1));
            all |= value;
            packed[i] = (byte) value;
        }
        return all >= 0;
    }

    private static boolean hasHyphens(String text) {
        for (int index : HYPHENS) {
            if (text.charAt(index) != '-') {
                return false;
            }
        }
        return true;
    }

    private static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }

    /// @param length the length of the text: [#UUID_LENGTH] or [#LENGTH]
    String unpack(int length) {
        return length == UUID_LENGTH
                ? new UUID(halves.getLong(0), halves.getLong(Long.BYTES)).toString()
                : HexFormat.of().formatHex(packed);
    }
}
