package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/// What a store on the heap promises besides the answers that [HeapStorePropertiesTest] compares.
class HeapStoreTest {
    private static final QueryConfig CONFIG = new QueryConfig(false);
    private static final int WRITES = 50_000;
    private static final int STAYING = 100;

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final KeyValueStore<Bytes, byte[]> store = new HeapStore("rows");

    @Test
    void whatTheChangelogHoldsIsRestoredInItsOrder() {
        AtomicReference<BatchingStateRestoreCallback> restoring = new AtomicReference<>();
        store.init(
                (StateStoreContext) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {StateStoreContext.class}, (_, _, arguments) -> {
                            restoring.set((BatchingStateRestoreCallback) arguments[1]);
                            return null;
                        }),
                store);
        restoring.get().restoreAll(List.of(change("a", "1"), change("b", "1"), change("c", "1")));
        restoring.get().restoreAll(List.of(change("c", "2"), new KeyValue<>(bytes("a"), null)));
        assertThat(keys(store.all())).containsExactly("b", "c");
        assertThat(store.get(key("c"))).isEqualTo(bytes("2"));
    }

    @Test
    void aStoreThatIsClosedIsEmptyAndCanBeOpenedAgain() {
        open();
        store.put(key("a"), bytes("1"));
        store.close();
        assertThat(store.isOpen()).isFalse();
        assertThat(store.approximateNumEntries()).isZero();
        open();
        assertThat(store.isOpen()).isTrue();
        assertThat(keys(store.all())).isEmpty();
    }

    @Test
    void itIsRestoredAtEachStart() {
        assertThat(store.persistent()).isFalse();
    }

    @Test
    void onlyKeysThatStartWithAPrefixAreScanned() {
        open();
        List<Bytes> rows = Stream.of(new byte[] {0, (byte) 0xff}, new byte[] {1}, new byte[] {(byte) 0xff, 1})
                .map(Bytes::wrap)
                .toList();
        rows.forEach(row -> store.put(row, bytes("1")));
        assertThat(scan(new byte[] {0, (byte) 0xff})).containsExactly(rows.getFirst());
        assertThat(scan(new byte[] {(byte) 0xff})).containsExactly(rows.getLast());
        assertThat(scan(new byte[0])).isEqualTo(rows);
    }

    @Test
    void anIteratorThatIsClosedOrReadToItsEndSaysSo() {
        open();
        store.put(key("a"), bytes("1"));
        KeyValueIterator<Bytes, byte[]> rows = store.all();
        rows.next();
        assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(rows::peekNextKey).isInstanceOf(NoSuchElementException.class);
        rows.close();
        assertThatThrownBy(rows::hasNext).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBoundIsReachedOnceTheRecordWasProcessed() {
        open();
        context.setRecordMetadata("events", 0, 7);
        store.put(key("a"), bytes("1"));
        assertThat(store.getPosition()).isEqualTo(position(7));
        assertThat(ask(PositionBound.at(position(7))).isSuccess()).isTrue();
        assertThat(ask(PositionBound.at(position(8))).isFailure()).isTrue();
        context.setRecordMetadata("events", 0, 8);
        store.delete(key("b"));
        assertThat(ask(PositionBound.at(position(8))).isSuccess()).isTrue();
    }

    @Test
    void aQueryIsAtLeastAsNewAsItsPosition() {
        open();
        write(0);
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(() -> IntStream.range(1, WRITES).forEach(this::write));
        while (!writer.isDone()) {
            QueryResult<byte[]> answer = ask(PositionBound.unbounded());
            assertThat(ByteBuffer.wrap(answer.getResult()).getLong())
                    .isGreaterThanOrEqualTo(
                            answer.getPosition().getPartitionPositions("events").get(0));
        }
        writer.join();
    }

    private void write(long offset) {
        context.setRecordMetadata("events", 0, offset);
        store.put(key("a"), ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
    }

    @Test
    void whoIteratesWhileOthersWriteSeesEveryRowThatStays() {
        open();
        List<String> staying =
                IntStream.range(0, STAYING).mapToObj("stays-%03d"::formatted).toList();
        staying.forEach(name -> store.put(key(name), bytes("1")));
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(() -> IntStream.range(0, WRITES).forEach(number -> {
                    store.put(key("stays-%03d".formatted(number % STAYING)), bytes("2"));
                    store.put(key("comes-%d".formatted(number % STAYING)), bytes("1"));
                    store.put(key("stays-%03d-goes".formatted(number % STAYING)), bytes("1"));
                    store.delete(key("stays-%03d-goes".formatted((number + STAYING / 2) % STAYING)));
                }));
        while (!writer.isDone()) {
            assertThat(keys(store.all())).isSorted().doesNotHaveDuplicates().containsSubsequence(staying);
            assertThat(keys(store.reverseAll())).containsSubsequence(staying.reversed());
        }
        writer.join();
    }

    private void open() {
        store.init(context.getStateStoreContext(), store);
    }

    private QueryResult<byte[]> ask(PositionBound bound) {
        return store.query(KeyQuery.<Bytes, byte[]>withKey(key("a")), bound, CONFIG);
    }

    private List<Bytes> scan(byte[] prefix) {
        List<Bytes> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.prefixScan(prefix, new ByteArraySerializer())) {
            rows.forEachRemaining(row -> found.add(row.key));
        }
        return found;
    }

    private static List<String> keys(KeyValueIterator<Bytes, byte[]> iterator) {
        List<String> keys = new ArrayList<>();
        try (iterator) {
            iterator.forEachRemaining(row -> keys.add(new String(row.key.get(), StandardCharsets.UTF_8)));
        }
        return keys;
    }

    private static Position position(long offset) {
        return Position.emptyPosition().withComponent("events", 0, offset);
    }

    private static KeyValue<byte[], byte[]> change(String key, String value) {
        return KeyValue.pair(bytes(key), bytes(value));
    }

    private static Bytes key(String text) {
        return Bytes.wrap(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
