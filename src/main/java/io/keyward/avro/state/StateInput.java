package io.keyward.avro.state;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.registry.wire.BoundedDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads the values that [StateOutput] wrote.
final class StateInput {

    private final BoundedDecoder avro;
    private final int version;
    private final LastReadValue<KeyId> keys = new LastReadValue<>(in -> new KeyId(in.text(), in.text()));
    private final LastReadValue<PolicyId> policies = new LastReadValue<>(in -> new PolicyId(in.text()));

    /// @param version the version of the form that the value was written in
    StateInput(BoundedDecoder avro, int version) {
        this.avro = avro;
        this.version = version;
    }

    /// Whether the value was written in this version or a later one.
    boolean isFrom(int form) {
        return version >= form;
    }

    @FunctionalInterface
    interface Part<T> {
        T read(StateInput in) throws IOException;
    }

    @FunctionalInterface
    interface Step {
        void read() throws IOException;
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

    Instant time() throws IOException {
        return Instant.ofEpochMilli(avro.readLong());
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

    /// Reads values that often repeat. If the bytes equal those of the previous value, it returns that value
    /// again.
    private final class LastReadValue<T> {
        private final Part<T> part;
        private Optional<ByteRange<T>> last = Optional.empty();

        LastReadValue(Part<T> part) {
            this.part = part;
        }

        T read() throws IOException {
            if (last.isPresent()
                    && avro.skipIfSame(last.get().from(), last.get().to())) {
                return last.get().value();
            }
            int from = avro.position();
            T value = part.read(StateInput.this);
            last = Optional.of(new ByteRange<>(value, from, avro.position()));
            return value;
        }
    }
}
