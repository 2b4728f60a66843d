package io.keyward.avro.state;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.registry.wire.ArrayEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// Writes the types that state consists of in Avro's binary encoding.
final class StateOutput {

    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private final ArrayEncoder avro;
    private final LastWrittenValue<KeyId> keys = new LastWrittenValue<>((out, key) -> {
        out.text(key.vaultUri());
        out.text(key.keyName());
    });
    private final LastWrittenValue<PolicyId> policies =
            new LastWrittenValue<>((out, policy) -> out.text(policy.value()));

    StateOutput(ArrayEncoder avro) {
        this.avro = avro;
    }

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

    void key(KeyId value) throws IOException {
        keys.write(value);
    }

    void policy(PolicyId value) throws IOException {
        policies.write(value);
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

    /// Writes values that often repeat. If a value equals the previous one, it copies the previous bytes.
    private final class LastWrittenValue<T> {
        private final Part<T> part;
        private Optional<ByteRange<T>> last = Optional.empty();

        LastWrittenValue(Part<T> part) {
            this.part = part;
        }

        void write(T value) throws IOException {
            if (last.isPresent() && last.get().value().equals(value)) {
                avro.repeat(last.get().from(), last.get().to());
                return;
            }
            int from = avro.bytesBuffered();
            part.write(StateOutput.this, value);
            last = Optional.of(new ByteRange<>(value, from, avro.bytesBuffered()));
        }
    }
}
