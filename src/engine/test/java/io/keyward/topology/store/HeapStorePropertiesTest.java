package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The store answers as Kafka Streams' own store on the heap does, whatever came before.
class HeapStorePropertiesTest {
    private static final HexFormat HEX = HexFormat.of();

    /// Something that is done with a store, and its answer as text.
    record Step(String name, Function<KeyValueStore<Bytes, byte[]>, Object> answer) {
        Object on(KeyValueStore<Bytes, byte[]> store) {
            return answer.apply(store);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 2_000)
    void everyAnswerIsThatOfTheModel(@ForAll("steps") List<Step> steps) {
        KeyValueStore<Bytes, byte[]> store = open(new HeapStore("rows"));
        KeyValueStore<Bytes, byte[]> model =
                open(Stores.inMemoryKeyValueStore("rows").get());
        for (Step step : steps) {
            assertThat(step.on(store)).as(step.name()).isEqualTo(step.on(model));
            assertThat(rows(store.all())).as("after %s", step).isEqualTo(rows(model.all()));
            assertThat(store.approximateNumEntries()).isEqualTo(model.approximateNumEntries());
        }
    }

    @Property
    void anIteratorShowsAllThatStaysAndOnlyWhatIsThere(
            @ForAll("writes") List<Step> before, @ForAll("scans") Scan scan, @ForAll("writes") List<Step> meanwhile) {
        KeyValueStore<Bytes, byte[]> store = open(new HeapStore("rows"));
        before.forEach(step -> step.on(store));
        Set<String> stayed = new HashSet<>(rows(scan.of(store)));
        KeyValueIterator<Bytes, byte[]> iterator = scan.of(store);
        for (Step step : meanwhile) {
            step.on(store);
            stayed.retainAll(rows(scan.of(store)));
        }
        List<String> shown = rows(iterator);
        List<String> atLast = rows(scan.of(store));
        assertThat(shown).containsAll(stayed);
        assertThat(atLast.stream().filter(shown::contains).toList()).isEqualTo(shown);
    }

    /// A range of rows, in one of the two directions.
    record Scan(Bytes from, Bytes to, boolean forward) {
        KeyValueIterator<Bytes, byte[]> of(KeyValueStore<Bytes, byte[]> store) {
            return forward ? store.range(from, to) : store.reverseRange(from, to);
        }

        RangeQuery<Bytes, byte[]> query() {
            RangeQuery<Bytes, byte[]> query = RangeQuery.withRange(from, to);
            return forward ? query : query.withDescendingKeys();
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> write = Arbitraries.oneOf(write(), putAll());
        return Arbitraries.frequencyOf(Tuple.of(3, write), Tuple.of(2, read()), Tuple.of(1, query()))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Step>> writes() {
        return write().list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<Scan> scans() {
        return Combinators.combine(limits(), limits(), Arbitraries.of(true, false))
                .as(Scan::new);
    }

    private static Arbitrary<Step> write() {
        Arbitrary<Bytes> keys = keys();
        Arbitrary<byte[]> values = values();
        return Arbitraries.oneOf(
                Combinators.combine(keys, values)
                        .as((key, value) -> new Step("put " + key + "=" + text(value), store -> {
                            store.put(key, value);
                            return "";
                        })),
                Combinators.combine(keys, values)
                        .as((key, value) -> new Step(
                                "putIfAbsent " + key + "=" + text(value),
                                store -> text(store.putIfAbsent(key, value)))),
                keys.map(key -> new Step("delete " + key, store -> text(store.delete(key)))));
    }

    private static Arbitrary<Step> putAll() {
        return Combinators.combine(keys(), values())
                .as(KeyValue::pair)
                .list()
                .ofMaxSize(4)
                .map(rows -> new Step("putAll " + rows.size(), store -> {
                    store.putAll(rows);
                    return "";
                }));
    }

    private Arbitrary<Step> read() {
        return Arbitraries.oneOf(
                keys().map(key -> new Step("get " + key, store -> text(store.get(key)))),
                scans().map(scan -> new Step(scan.toString(), store -> rows(scan.of(store)))),
                Arbitraries.of(new Step("reverseAll", store -> rows(store.reverseAll()))),
                // The model takes 01 for a key that starts with 00 FF, and does not know what FF ends with.
                keys().filter(key -> !key.toString().endsWith("\\xFF"))
                        .map(prefix -> new Step(
                                "prefixScan " + prefix,
                                store -> rows(store.prefixScan(prefix, new BytesSerializer())))));
    }

    private Arbitrary<Step> query() {
        return Arbitraries.oneOf(
                keys().map(key -> new Step(
                        "KeyQuery " + key, store -> text(result(store, KeyQuery.<Bytes, byte[]>withKey(key))))),
                scans().map(scan -> new Step("RangeQuery " + scan, store -> rows(result(store, scan.query())))));
    }

    private static <R> R result(KeyValueStore<Bytes, byte[]> store, Query<R> query) {
        return store.query(query, PositionBound.unbounded(), new QueryConfig(true))
                .getResult();
    }

    /// Few keys, of bytes of both signs, some of them the beginnings of others.
    private static Arbitrary<Bytes> keys() {
        return Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7f, (byte) 0x80, (byte) 0xff)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(Bytes::wrap);
    }

    private static Arbitrary<Bytes> limits() {
        return keys().injectNull(0.2);
    }

    private static Arbitrary<byte[]> values() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(1).injectNull(0.2);
    }

    private static KeyValueStore<Bytes, byte[]> open(KeyValueStore<Bytes, byte[]> store) {
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        return store;
    }

    private static List<String> rows(KeyValueIterator<Bytes, byte[]> iterator) {
        List<String> rows = new ArrayList<>();
        try (iterator) {
            while (iterator.hasNext()) {
                Bytes next = iterator.peekNextKey();
                KeyValue<Bytes, byte[]> row = iterator.next();
                assertThat(row.key).isEqualTo(next);
                rows.add(HEX.formatHex(row.key.get()) + "=" + text(row.value));
            }
        }
        return rows;
    }

    private static String text(byte[] value) {
        return value == null ? "none" : Arrays.toString(value);
    }
}
