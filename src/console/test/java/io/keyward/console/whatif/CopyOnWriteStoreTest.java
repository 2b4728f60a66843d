package io.keyward.console.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.topology.store.TestStores;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// A copy-on-write store reads like a map that had the same writes, and its base reads as before.
class CopyOnWriteStoreTest {
    private static final HexFormat HEX = HexFormat.of();

    /// A write of a value, or a deletion where it is empty.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Write(Bytes key, byte[] value) {
        void to(KeyValueStore<Bytes, byte[]> store) {
            if (value.length == 0) {
                store.delete(key);
            } else {
                store.put(key, value);
            }
        }

        void to(NavigableMap<Bytes, byte[]> map) {
            if (value.length == 0) {
                map.remove(key);
            } else {
                map.put(key, value);
            }
        }
    }

    /// Few bytes, with the least and the greatest one among them, so that keys coincide and are beginnings of
    /// others.
    @Provide
    Arbitrary<Bytes> keys() {
        return Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7F, (byte) 0x80, (byte) 0xFF)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(Bytes::wrap);
    }

    @Provide
    Arbitrary<List<Write>> writes() {
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(2);
        return Combinators.combine(keys(), values).as(Write::new).list().ofMaxSize(40);
    }

    @Property
    void readsLikeAMapWithTheSameWrites(
            @ForAll("writes") List<Write> ofBase,
            @ForAll("writes") List<Write> ofCopy,
            @ForAll("writes") List<Write> ofCopyOfCopy,
            @ForAll("keys") Bytes one,
            @ForAll("keys") Bytes other) {
        KeyValueStore<Bytes, byte[]> base = TestStores.named("base");
        NavigableMap<Bytes, byte[]> map = new TreeMap<>();
        ofBase.forEach(write -> {
            write.to(base);
            write.to(map);
        });
        List<String> before = rows(base.all());
        CopyOnWriteStore copy = new CopyOnWriteStore(base);
        ofCopy.forEach(write -> {
            write.to(copy);
            write.to(map);
        });
        readsAlike(copy, map, one, other);
        CopyOnWriteStore copyOfCopy = new CopyOnWriteStore(copy);
        ofCopyOfCopy.forEach(write -> {
            write.to(copyOfCopy);
            write.to(map);
        });
        readsAlike(copyOfCopy, map, one, other);
        assertThat(rows(base.all())).isEqualTo(before);
    }

    private static void readsAlike(CopyOnWriteStore store, NavigableMap<Bytes, byte[]> map, Bytes one, Bytes other) {
        assertThat(store.get(one)).isEqualTo(map.get(one));
        assertThat(rows(store.all())).isEqualTo(rows(map));
        assertThat(rows(store.reverseAll())).isEqualTo(rows(map.descendingMap()));
        assertThat(rows(store.range(one, null))).isEqualTo(rows(map.tailMap(one, true)));
        assertThat(rows(store.range(null, one))).isEqualTo(rows(map.headMap(one, true)));
        boolean inOrder = one.compareTo(other) <= 0;
        Bytes from = inOrder ? one : other;
        Bytes to = inOrder ? other : one;
        NavigableMap<Bytes, byte[]> between = map.subMap(from, true, to, true);
        assertThat(rows(store.range(from, to))).isEqualTo(rows(between));
        assertThat(rows(store.reverseRange(from, to))).isEqualTo(rows(between.descendingMap()));
    }

    private static List<String> rows(KeyValueIterator<Bytes, byte[]> iterator) {
        List<String> rows = new ArrayList<>();
        try (iterator) {
            while (iterator.hasNext()) {
                Bytes next = iterator.peekNextKey();
                var row = iterator.next();
                assertThat(row.key).isEqualTo(next);
                rows.add(row(row.key, row.value));
            }
        }
        return rows;
    }

    private static List<String> rows(NavigableMap<Bytes, byte[]> map) {
        return map.entrySet().stream()
                .map(row -> row(row.getKey(), row.getValue()))
                .toList();
    }

    private static String row(Bytes key, byte[] value) {
        return HEX.formatHex(key.get()) + "=" + HEX.formatHex(value);
    }
}
