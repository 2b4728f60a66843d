package io.keyward.avro.state;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.registry.wire.ArrayEncoder;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Writes the types that state consists of in Avro's binary encoding. Reusable. Not thread-safe.
final class StateOutput {

    private static final int NULL = 0;
    private static final int PRESENT = 1;
    private static final int END_OF_LIST = 0;

    private final ArrayEncoder avro = new ArrayEncoder();
    private KeyId lastKey;
    private int lastKeyFrom;
    private int lastKeyTo;

    @FunctionalInterface
    interface Part<T> {
        void write(StateOutput out, T value);
    }

    @FunctionalInterface
    interface EntryPart<K, V> {
        void write(StateOutput out, K key, V value);
    }

    /// Starts a new value.
    void reset(byte version) {
        lastKey = null;
        avro.reset();
        avro.writeFixed(new byte[] {version}, 0, 1);
    }

    /// The bytes written since the last reset.
    byte[] written() {
        return avro.written();
    }

    void flag(boolean value) {
        avro.writeBoolean(value);
    }

    void number(int value) {
        avro.writeInt(value);
    }

    void number(long value) {
        avro.writeLong(value);
    }

    void text(String value) {
        avro.writeString(value);
    }

    /// Copies the bytes of the key before if it is the same, as it mostly is.
    void key(KeyId value) {
        if (value.equals(lastKey)) {
            avro.repeat(lastKeyFrom, lastKeyTo);
            return;
        }
        lastKeyFrom = avro.bytesBuffered();
        text(value.vaultUri());
        text(value.keyName());
        lastKeyTo = avro.bytesBuffered();
        lastKey = value;
    }

    void policy(PolicyId value) {
        text(value.value());
    }

    void time(Instant value) {
        avro.writeLong(value.toEpochMilli());
    }

    void bytes(byte[] value) {
        avro.writeInt(value.length);
        avro.writeFixed(value, 0, value.length);
    }

    <E extends Enum<E>> void symbol(Symbols<E> symbols, E value) {
        avro.writeInt(symbols.position(value));
    }

    <T> void optional(Optional<T> value, Part<T> part) {
        avro.writeInt(value.isPresent() ? PRESENT : NULL);
        if (value.isPresent()) {
            part.write(this, value.get());
        }
    }

    <T> void list(Collection<T> values, Part<T> part) {
        if (!values.isEmpty()) {
            avro.writeInt(values.size());
            for (var value : values) {
                part.write(this, value);
            }
        }
        avro.writeInt(END_OF_LIST);
    }

    /// Writes a list with an item for each entry.
    <K, V> void list(Map<K, V> values, EntryPart<K, V> part) {
        if (!values.isEmpty()) {
            avro.writeInt(values.size());
            values.forEach((key, value) -> part.write(this, key, value));
        }
        avro.writeInt(END_OF_LIST);
    }
}
