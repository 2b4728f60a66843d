package io.keyward.avro;

import io.keyward.registry.ArrayEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// Writes the kinds of value that state consists of, in Avro's binary form.
final class StateOutput {

    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private final ArrayEncoder avro;

    StateOutput(ArrayEncoder avro) {
        this.avro = avro;
    }

    /// How a value of a kind is written.
    @FunctionalInterface
    interface Part<T> {
        void write(StateOutput out, T value) throws IOException;
    }

    void flag(boolean value) throws IOException {
        avro.writeBoolean(value);
    }

    void number(int value) throws IOException {
        avro.writeInt(value);
    }

    void number(long value) throws IOException {
        avro.writeLong(value);
    }

    void text(String value) throws IOException {
        avro.writeString(value);
    }

    void time(Instant value) throws IOException {
        avro.writeLong(value.toEpochMilli());
    }

    void bytes(byte[] value) throws IOException {
        avro.writeBytes(value);
    }

    <E extends Enum<E>> void symbol(Symbols<E> symbols, E value) throws IOException {
        avro.writeEnum(symbols.position(value));
    }

    <T> void optional(Optional<T> value, Part<T> part) throws IOException {
        avro.writeIndex(value.isPresent() ? PRESENT : NULL);
        if (value.isPresent()) {
            part.write(this, value.get());
        }
    }

    <T> void list(Collection<T> values, Part<T> part) throws IOException {
        avro.writeArrayStart();
        avro.setItemCount(values.size());
        for (var value : values) {
            part.write(this, value);
        }
        avro.writeArrayEnd();
    }
}
