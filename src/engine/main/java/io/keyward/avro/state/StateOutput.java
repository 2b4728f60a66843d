package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.registry.wire.ArrayEncoder;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Writes the types that state consists of in Avro's binary encoding, with shorter texts and times
/// (`schemas/README.md`, "State"). Reusable. Not thread-safe.
final class StateOutput {

    // A text starts with its length, or with one of these. The number n is written as FIRST_NUMBER - n alone.
    static final int UUID = -1;
    static final int HEX = -2;
    static final int FIRST_NUMBER = -3;

    private static final int NULL = 0;
    private static final int PRESENT = 1;
    private static final int END_OF_LIST = 0;

    private final ArrayEncoder avro = new ArrayEncoder();
    private final RowTexts texts = new RowTexts();
    private final HexText hex = new HexText();
    private long lastMillis;

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
        texts.reset();
        lastMillis = 0;
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

    /// Writes a repeated text as its number, and 32 hexadecimal digits as 16 bytes.
    void text(String value) {
        int number = texts.numberOf(value);
        if (number != RowTexts.NEW) {
            avro.writeInt(FIRST_NUMBER - number);
            return;
        }
        switch (value.length()) {
            case HexText.UUID_LENGTH -> packed(UUID, value);
            case HexText.LENGTH -> packed(HEX, value);
            default -> avro.writeString(value);
        }
    }

    private void packed(int start, String value) {
        if (hex.pack(value)) {
            avro.writeInt(start);
            avro.writeFixed(hex.packed(), 0, HexText.BYTES);
        } else {
            avro.writeString(value);
        }
    }

    void key(KeyId value) {
        text(value.vaultUri());
        text(value.keyName());
    }

    void version(KeyVersion value) {
        text(value.value());
    }

    void reference(KeyReference value) {
        key(value.key());
        optional(value.version(), StateOutput::version);
    }

    void stamp(Stamp value) {
        time(value.occurredAt());
        text(value.eventId().value());
    }

    void policy(PolicyId value) {
        text(value.value());
    }

    /// Writes the difference to the previous time in milliseconds, because the times of a row are close
    /// to each other.
    void time(Instant value) {
        long millis = value.toEpochMilli();
        avro.writeLong(millis - lastMillis);
        lastMillis = millis;
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
