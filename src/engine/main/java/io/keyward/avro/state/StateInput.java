package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.registry.wire.BoundedDecoder;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Reads the values that [StateOutput] wrote. Reusable. Not thread-safe.
final class StateInput {

    private final BoundedDecoder avro = new BoundedDecoder();
    private final RowTexts texts = new RowTexts();
    private final HexText hex = new HexText();
    private Optional<KeyId> lastKey = Optional.empty();
    private Optional<PolicyId> lastPolicy = Optional.empty();
    private Instant lastTime = Instant.EPOCH;
    private long lastMillis;
    private int version;

    @FunctionalInterface
    interface Part<T> {
        T read(StateInput in) throws IOException;
    }

    /// Starts a value, whose first byte is the version of its format.
    void reset(byte[] bytes) {
        version = bytes[0];
        avro.reset(bytes, 1);
        texts.reset();
        lastTime = Instant.EPOCH;
        lastMillis = 0;
    }

    /// Whether the whole value has been read.
    boolean atEnd() {
        return avro.remainingBytes() == 0;
    }

    /// Whether the value was written in this version or a later one. A reader checks this before each part that
    /// older versions do not have.
    boolean isFrom(int minVersion) {
        return version >= minVersion;
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

    /// Returns the same object for a text that is repeated in its row.
    String text() throws IOException {
        int start = avro.readInt();
        if (start <= StateOutput.FIRST_NUMBER) {
            return texts.at(StateOutput.FIRST_NUMBER - start);
        }
        String text = switch (start) {
            case StateOutput.UUID -> packed(HexText.UUID_LENGTH);
            case StateOutput.HEX -> packed(HexText.LENGTH);
            default -> avro.readString(start);
        };
        texts.add(text);
        return text;
    }

    private String packed(int length) {
        avro.readFixed(hex.packed(), 0, HexText.BYTES);
        return hex.unpack(length);
    }

    /// Returns the previous object if the key has the same texts, which is the usual case.
    KeyId key() throws IOException {
        String vaultUri = text();
        String keyName = text();
        if (lastKey.isEmpty()
                || !lastKey.get().vaultUri().equals(vaultUri)
                || !lastKey.get().keyName().equals(keyName)) {
            lastKey = Optional.of(new KeyId(vaultUri, keyName));
        }
        return lastKey.get();
    }

    KeyVersion version() throws IOException {
        return new KeyVersion(text());
    }

    KeyReference reference() throws IOException {
        return new KeyReference(key(), optional(StateInput::version));
    }

    Stamp stamp() throws IOException {
        return new Stamp(time(), new EventId(text()));
    }

    /// Returns the previous object if the policy has the same text, which is common.
    PolicyId policy() throws IOException {
        String value = text();
        if (lastPolicy.isEmpty() || !lastPolicy.get().value().equals(value)) {
            lastPolicy = Optional.of(new PolicyId(value));
        }
        return lastPolicy.get();
    }

    /// Returns the previous object for the same time, because a row often contains a time more than once.
    Instant time() throws IOException {
        long millis = avro.readLong() + lastMillis;
        if (millis != lastMillis) {
            lastMillis = millis;
            lastTime = Instant.ofEpochMilli(millis);
        }
        return lastTime;
    }

    byte[] bytes() throws IOException {
        return avro.readBytes(null).array();
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

    /// Reads a list with an item for each entry of a map. Returns `empty` if it has none.
    <K, V, M extends Map<K, V>> M map(M empty, Supplier<? extends M> other, Part<K> key, Part<V> value)
            throws IOException {
        int count = (int) avro.readArrayStart();
        if (count == 0) {
            return empty;
        }
        M map = other.get();
        for (int i = 0; i < count; i++) {
            map.put(key.read(this), value.read(this));
        }
        endList();
        return map;
    }

    /// As [#map], in the order of the keys.
    <K, V> SortedMap<K, V> sortedMap(Part<K> key, Part<V> value) throws IOException {
        return map(Collections.emptySortedMap(), TreeMap::new, key, value);
    }

    private void endList() throws IOException {
        if (avro.arrayNext() != 0) {
            throw new IOException("a list has more than one block");
        }
    }
}
