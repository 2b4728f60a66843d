package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreKindTest {
    private static final int WRITES = 20_000;
    private static final int ROWS = 100;

    @TempDir
    Path folder;

    /// The state gauges and the key watch read while a stream thread writes.
    @ParameterizedTest(name = "{0}, transactional {1}")
    @CsvSource({"MEMORY, false", "MEMORY, true", "ROCKSDB, false", "ROCKSDB, true"})
    void whoReadsBesideTheStreamThreadNeverStopsIt(StoreKind kind, boolean transactional) {
        KeyValueStore<Bytes, byte[]> store = open(kind, transactional);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = start(
                "writer",
                failure,
                () -> IntStream.range(0, WRITES).forEach(number -> store.put(key(number % ROWS), new byte[] {1})));
        Thread reader = start("reader", failure, () -> {
            while (writer.isAlive()) {
                assertThat(rows(store)).isLessThanOrEqualTo(ROWS);
            }
        });
        Awaitility.await().until(() -> {
            assertThat(deadlockOf(writer)).isEmpty();
            return !writer.isAlive() && !reader.isAlive();
        });
        assertThat(failure.get()).isNull();
        store.close();
    }

    /// A result without a position cannot be compared with the requested bound.
    @ParameterizedTest(name = "{0}, transactional {1}")
    @CsvSource({"MEMORY, false", "ROCKSDB, false", "ROCKSDB, true"})
    void answersTellHowFarTheStoreHasCome(StoreKind kind, boolean transactional) {
        KeyValueStore<Bytes, byte[]> store = open(kind, transactional);
        store.put(key(1), new byte[] {1});
        store.commit(Map.of());
        assertThat(ask(store).getPosition()).isEqualTo(Position.emptyPosition().withComponent("events", 0, 1));
        store.close();
    }

    /// Kafka Streams asks for the position with every row that it logs, and RocksDB's own store then copies two.
    @ParameterizedTest(name = "transactional {0}")
    @ValueSource(booleans = {false, true})
    void aWriteToRocksDbCopiesNoPosition(boolean transactional) {
        KeyValueStore<Bytes, byte[]> store = open(StoreKind.ROCKSDB, transactional);
        store.put(key(1), new byte[] {1});
        assertThat(store.getPosition()).isEqualTo(Position.emptyPosition());
        store.commit(Map.of());
        assertThat(store.getPosition()).isEqualTo(Position.emptyPosition());
        store.close();
    }

    private KeyValueStore<Bytes, byte[]> open(StoreKind kind, boolean transactional) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, transactional);
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
        context.setRecordMetadata("events", 0, 1);
        KeyValueStore<Bytes, byte[]> store =
                kind.store("rows").withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private static int rows(KeyValueStore<Bytes, byte[]> store) {
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> rows = ask(store).getResult()) {
            for (; rows.hasNext(); rows.next()) {
                count++;
            }
        }
        return count;
    }

    private static QueryResult<KeyValueIterator<Bytes, byte[]>> ask(KeyValueStore<Bytes, byte[]> store) {
        return store.query(
                RangeQuery.<Bytes, byte[]>withNoBounds(),
                PositionBound.unbounded(),
                new QueryConfig(false, IsolationLevel.READ_COMMITTED));
    }

    private static Thread start(String name, AtomicReference<Throwable> failure, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler((_, failed) -> failure.set(failed))
                .start(work);
    }

    /// The deadlocked threads with their stacks, if this one is among them.
    private static Optional<String> deadlockOf(Thread thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Optional.ofNullable(threads.findDeadlockedThreads())
                .filter(ids -> LongStream.of(ids).anyMatch(id -> id == thread.threadId()))
                .map(ids -> Arrays.toString(threads.getThreadInfo(ids, true, true)));
    }

    private static Bytes key(int number) {
        return Bytes.wrap(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }
}
