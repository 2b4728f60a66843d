package io.keyward.registry.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/// Writes Avro's binary encoding into an array that grows. Reusable. Not thread-safe.
public final class ArrayEncoder extends BinaryEncoder {
    private static final int USUAL_SIZE = 512;
    private static final int LONGEST_NUMBER = 10;
    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private byte[] bytes = new byte[USUAL_SIZE];
    private ByteBuffer target = ByteBuffer.wrap(bytes);
    private CharBuffer characters = CharBuffer.allocate(USUAL_SIZE);
    private int position;

    public void reset() {
        position = 0;
    }

    /// A copy of the bytes written since the last reset.
    public byte[] written() {
        return Arrays.copyOf(bytes, position);
    }

    @Override
    public void writeBoolean(boolean value) {
        room(1);
        bytes[position++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        room(LONGEST_NUMBER);
        position += BinaryData.encodeInt(value, bytes, position);
    }

    @Override
    public void writeLong(long value) {
        room(LONGEST_NUMBER);
        position += BinaryData.encodeLong(value, bytes, position);
    }

    @Override
    public void writeFloat(float value) {
        room(Float.BYTES);
        position += BinaryData.encodeFloat(value, bytes, position);
    }

    @Override
    public void writeDouble(double value) {
        room(Double.BYTES);
        position += BinaryData.encodeDouble(value, bytes, position);
    }

    /// Encodes a text without a copy of it, if all its characters are ASCII.
    @Override
    public void writeString(String text) {
        int start = position;
        int length = text.length();
        writeInt(length);
        if (!appendAscii(text)) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            position = start;
            writeInt(encoded.length);
            writeFixed(encoded, 0, encoded.length);
        }
    }

    /// Returns false if not all characters are ASCII; then the position has not moved. UTF-8 has one byte for
    /// each character of ASCII, and more for any other.
    private boolean appendAscii(String text) {
        int length = text.length();
        if (length > characters.capacity()) {
            characters = CharBuffer.allocate(2 * length);
        }
        text.getChars(0, length, characters.array(), 0);
        characters.position(0).limit(length);
        room(length);
        target.limit(position + length).position(position);
        if (!utf8.reset().encode(characters, target, true).isUnderflow()) {
            return false;
        }
        position += length;
        return true;
    }

    @Override
    public void writeFixed(byte[] value, int start, int length) {
        room(length);
        System.arraycopy(value, start, bytes, position, length);
        position += length;
    }

    @Override
    protected void writeZero() {
        room(1);
        bytes[position++] = 0;
    }

    public void writeTime(Instant value) {
        writeLong(value.toEpochMilli());
    }

    @Override
    public void writeEnum(int position) {
        writeInt(position);
    }

    /// Writes a union of null and another type, in this order.
    public <T> void writeOptional(Optional<T> value, BiConsumer<ArrayEncoder, T> present) {
        writeInt(value.isPresent() ? PRESENT : NULL);
        if (value.isPresent()) {
            present.accept(this, value.get());
        }
    }

    /// Writes an array in one block.
    public <T> void writeList(Collection<T> values, BiConsumer<ArrayEncoder, T> each) {
        if (!values.isEmpty()) {
            writeLong(values.size());
            for (T value : values) {
                each.accept(this, value);
            }
        }
        writeZero();
    }

    @Override
    public int bytesBuffered() {
        return position;
    }

    @Override
    public void flush() {
        // bytes go directly into the array
    }

    private void room(int count) {
        if (count > bytes.length - position) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + count));
            target = ByteBuffer.wrap(bytes);
        }
    }
}
