package io.keyward.avro.state;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.registry.wire.BoundedDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads the values that [StateOutput] wrote. Reusable. Not thread-safe.
final class StateInput {

    private final BoundedDecoder avro = new BoundedDecoder();
    private final LastReadValue<KeyId> keys = new LastReadValue<>(in -> new KeyId(in.text(), in.text()));
    private final LastReadValue<PolicyId> policies = new LastReadValue<>(in -> new PolicyId(in.text()));
    private Instant lastTime = Instant.EPOCH;
    private int version;

    @FunctionalInterface
    interface Part<T> {
        T read(StateInput in) throws IOException;
    }

    @FunctionalInterface
    interface Step {
        void read() throws IOException;
    }

    /// Starts a value whose first byte is the version of its form.
    void reset(byte[] bytes) {
        version = bytes[0];
        avro.reset(bytes, 1);
    }

    /// Whether the whole value has been read.
    boolean atEnd() {
        return avro.remainingBytes() == 0;
    }

    /// Whether the value was written in this version or a later one.
    boolean isFrom(int form) {
        return version >= form;
    }

    boolean flag() throws IOException {
        return avro.readBoolean();
    }

    int number() throws IOException {
        return avro.readInt();
    }

    long longNumber() throws IOException {
        return avro.readLong();
    }

    String text() throws IOException {
        return avro.readString();
    }

    KeyId key() throws IOException {
        return keys.read();
    }

    PolicyId policy() throws IOException {
        return policies.read();
    }

    /// One moment often stands at several places of a row.
    Instant time() throws IOException {
        long millis = avro.readLong();
        if (millis != lastTime.toEpochMilli()) {
            lastTime = Instant.ofEpochMilli(millis);
        }
        return lastTime;
    }

    byte[] bytes() throws IOException {
        ByteBuffer value = avro.readBytes(null);
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    <E extends Enum<E>> E symbol(Symbols<E> symbols) throws IOException {
        return symbols.at(avro.readEnum());
    }

    <T> Optional<T> optional(Part<T> part) throws IOException {
        return switch (avro.readIndex()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(part.read(this));
            default -> throw new IOException("expected null or a value");
        };
    }

    /// Reads an unmodifiable list, which the domain does not need to copy.
    @SuppressWarnings("unchecked")
    <T> List<T> list(Part<T> part) throws IOException {
        int count = (int) avro.readArrayStart();
        if (count == 0) {
            return List.of();
        }
        if (count == 1) {
            T value = part.read(this);
            endList();
            return List.of(value);
        }
        T[] values = (T[]) new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = part.read(this);
        }
        endList();
        return List.of(values);
    }

    /// Reads a list item by item.
    void each(Step item) throws IOException {
        int count = (int) avro.readArrayStart();
        for (int i = 0; i < count; i++) {
            item.read();
        }
        if (count > 0) {
            endList();
        }
    }

    private void endList() throws IOException {
        if (avro.arrayNext() != 0) {
            throw new IOException("a list has more than one block");
        }
    }

    /// Reads values that often repeat. If the bytes equal those of the value before, in this row or an earlier one,
    /// it returns that value again.
    private final class LastReadValue<T> {
        private final Part<T> part;
        private BoundedDecoder.Slice lastBytes = avro.slice(0, 0);
        private Optional<T> last = Optional.empty();

        LastReadValue(Part<T> part) {
            this.part = part;
        }

        T read() throws IOException {
            if (last.isPresent() && avro.skipIfSame(lastBytes)) {
                return last.get();
            }
            int from = avro.position();
            T value = part.read(StateInput.this);
            lastBytes = avro.slice(from, avro.position());
            last = Optional.of(value);
            return value;
        }
    }
}
