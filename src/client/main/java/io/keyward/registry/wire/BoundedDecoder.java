package io.keyward.registry.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/// Reads Avro's binary encoding from a byte array that may be malicious. It trusts no length: it allocates and
/// repeats no more than the remaining bytes can hold. Reusable. Not thread-safe.
public final class BoundedDecoder extends Decoder {
    /// A datum may hold one item per byte and this many more, because nulls and empty records take no bytes.
    private static final int EMPTY_ITEMS = 1_000;

    private static final int BITS_PER_BYTE = 7;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = {};
    private int position;
    private long itemsLeft;

    public void reset(byte[] source, int offset) {
        bytes = source;
        position = offset;
        itemsLeft = (long) source.length - offset + EMPTY_ITEMS;
    }

    @Override
    public int remainingBytes() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {
        // a null has no bytes
    }

    @Override
    public boolean readBoolean() {
        return switch (bytes[advance(1)]) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new AvroRuntimeException("a boolean is neither 0 nor 1");
        };
    }

    @Override
    public int readInt() {
        long value = readLong();
        if ((int) value != value) {
            throw new AvroRuntimeException("a number is too large for its type");
        }
        return (int) value;
    }

    @Override
    public long readLong() {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS_PER_BYTE) {
            byte next = bytes[advance(1)];
            zigzag |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new AvroRuntimeException("a number is longer than 10 bytes");
    }

    @Override
    public float readFloat() {
        return Float.intBitsToFloat((int) INTS.get(bytes, advance(Float.BYTES)));
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble((long) LONGS.get(bytes, advance(Double.BYTES)));
    }

    @Override
    public Utf8 readString(Utf8 old) {
        return new Utf8(readLengthAndBytes());
    }

    @Override
    public String readString() {
        return readString(readLong());
    }

    /// Reads a string whose length was read before.
    public String readString(long claimed) {
        int length = length(claimed);
        return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) {
        return ByteBuffer.wrap(readLengthAndBytes());
    }

    @Override
    public void skipBytes() {
        advance(length(readLong()));
    }

    @Override
    public void readFixed(byte[] target, int start, int length) {
        System.arraycopy(bytes, advance(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) {
        advance(length);
    }

    @Override
    public int readEnum() {
        return readInt();
    }

    @Override
    public int readIndex() {
        return readInt();
    }

    @Override
    public long readArrayStart() {
        return block();
    }

    @Override
    public long arrayNext() {
        return block();
    }

    @Override
    public long skipArray() {
        return skippedBlock();
    }

    @Override
    public long readMapStart() {
        return block();
    }

    @Override
    public long mapNext() {
        return block();
    }

    @Override
    public long skipMap() {
        return skippedBlock();
    }

    private long block() {
        long count = readLong();
        if (count < 0) {
            length(readLong());
        }
        return items(Math.abs(count));
    }

    private long skippedBlock() {
        long count = readLong();
        while (count < 0) {
            advance(length(readLong()));
            count = readLong();
        }
        return items(count);
    }

    private long items(long count) {
        if (count < 0 || count > itemsLeft) {
            throw new AvroRuntimeException("an array or map claims more items than the datum can hold");
        }
        itemsLeft -= count;
        return count;
    }

    private byte[] readLengthAndBytes() {
        int length = length(readLong());
        int start = advance(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    private int length(long claimed) {
        if (claimed < 0 || claimed > remainingBytes()) {
            throw new AvroRuntimeException("a length goes beyond the end of the datum");
        }
        return (int) claimed;
    }

    /// Skips `count` bytes and returns their start.
    private int advance(int count) {
        int start = position;
        if (count > bytes.length - start) {
            throw new AvroRuntimeException("the datum ends too early");
        }
        position = start + count;
        return start;
    }
}
