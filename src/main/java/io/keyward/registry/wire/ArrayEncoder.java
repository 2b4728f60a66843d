package io.keyward.registry.wire;

import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/// Writes Avro's binary encoding into an array that grows. Reusable. Not thread-safe.
public final class ArrayEncoder extends BinaryEncoder {
    private static final int USUAL_SIZE = 512;
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[USUAL_SIZE];
    private int position;

    public void reset() {
        position = 0;
    }

    /// A copy of the bytes written since the last reset.
    public byte[] written() {
        return Arrays.copyOf(bytes, position);
    }

    /// Writes the bytes between two earlier positions again; see [#bytesBuffered].
    public void repeat(int from, int to) {
        writeFixed(bytes, from, to - from);
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
        }
    }
}
