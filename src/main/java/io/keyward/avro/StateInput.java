package io.keyward.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.io.Decoder;

/// Reads what [StateOutput] wrote.
final class StateInput {

    private final Decoder avro;

    StateInput(Decoder avro) {
        this.avro = avro;
    }

    /// How a value of a kind is read.
    @FunctionalInterface
    interface Part<T> {
        T read(StateInput in) throws IOException;
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
            default -> throw new IOException("neither null nor a value");
        };
    }

    <T> List<T> list(Part<T> part) throws IOException {
        List<T> values = new ArrayList<>();
        for (var count = avro.readArrayStart(); count > 0; count = avro.arrayNext()) {
            for (var i = 0L; i < count; i++) {
                values.add(part.read(this));
            }
        }
        return values;
    }
}
