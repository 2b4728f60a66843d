package io.keyward.app.run;

import io.keyward.testing.process.Patience;
import io.keyward.topology.store.StoreKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// An application that keeps each record of its input in a store of the product. It can be held in the middle of
/// a transaction, so that its commit meets a broker that does not answer.
final class InterruptedApplication implements AutoCloseable {
    /// The key of the record at which it is held.
    static final String HOLD = "hold";

    private static final String STORE = "rows";
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    /// @param name names its input and its group
    /// @param stores where its rows are kept
    /// @param transactional whether the stores have transactions
    /// @param protocol of its group
    /// @param askLimit after which it gives up to ask for the ends of its changelogs, in milliseconds
    /// @param producers that Kafka Streams uses
    record Settings(
            String name,
            StoreKind stores,
            boolean transactional,
            String protocol,
            int askLimit,
            Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {}

    private final Settings settings;
    private final KafkaStreams streams;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Map<Integer, Integer> found = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> restored = new ConcurrentHashMap<>();
    private final AtomicInteger processed = new AtomicInteger();
    private final Queue<Future<?>> sent = new ConcurrentLinkedQueue<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int pauseMillis;

    InterruptedApplication(Settings settings, String broker, Path state) {
        this.settings = settings;
        streams = new KafkaStreams(topology(), new StreamsConfig(streams(broker, state)), new Clients());
        streams.setUncaughtExceptionHandler(failure -> {
            events.add("a thread ended: " + failure + ", because of " + failure.getCause());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.setGlobalStateRestoreListener(new Restoration());
        streams.start();
    }

    private Topology topology() {
        return new Topology()
                .addSource("source", new BytesDeserializer(), new ByteArrayDeserializer(), settings.name())
                .addProcessor("writer", Writer::new, "source")
                .addStateStore(settings.stores().store(STORE), "writer");
    }

    /// One record a poll is restored, so that a restoration can be interrupted. Commits give up after two
    /// seconds.
    private Map<String, Object> streams(String broker, Path state) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "application.id",
                settings.name(),
                "bootstrap.servers",
                broker,
                "state.dir",
                state.toString(),
                "processing.guarantee",
                "exactly_once_v2",
                "enable.transactional.statestores",
                settings.transactional(),
                "group.protocol",
                settings.protocol(),
                "commit.interval.ms",
                1000,
                "poll.ms",
                20,
                "producer.max.block.ms",
                2000,
                "restore.consumer.max.poll.records",
                1));
        all.put("statestore.cache.max.bytes", 0);
        all.put("admin.default.api.timeout.ms", settings.askLimit());
        all.put("admin.request.timeout.ms", settings.askLimit() / 2);
        all.put("restore.consumer.default.api.timeout.ms", 60_000);
        all.put("main.consumer.auto.offset.reset", "earliest");
        if (settings.protocol().equals("classic")) {
            all.put("main.consumer.session.timeout.ms", 120_000);
            all.put("main.consumer.heartbeat.interval.ms", 500);
        }
        return all;
    }

    void awaitRunning() {
        Patience.until(settings.name() + " runs", () -> streams.state() == KafkaStreams.State.RUNNING);
    }

    int processed() {
        return processed.get();
    }

    /// Waits until it is in the middle of a transaction.
    void awaitHeld() {
        await(held);
    }

    /// Lets it go on to its commit. From now on each restored record takes that long.
    void release(int restoreMillis) {
        found.clear();
        restored.clear();
        pauseMillis = restoreMillis;
        released.countDown();
    }

    /// Never holds it.
    InterruptedApplication thatGoesOn() {
        released.countDown();
        return this;
    }

    void restoreAtFullSpeed() {
        pauseMillis = 0;
    }

    /// What has happened, in order.
    List<String> events() {
        return events;
    }

    boolean hasSeen(String event) {
        return events.stream().anyMatch(seen -> seen.startsWith(event));
    }

    /// How many records of that partition have been restored since the release.
    int restored(int partition) {
        return restored.getOrDefault(partition, 0);
    }

    /// How many rows each task has found when it began to work, since the release; the least, if it began several
    /// times.
    Map<Integer, Integer> found() {
        return new TreeMap<>(found);
    }

    /// How many rows the store has of that partition.
    int rows(int partition) {
        ReadOnlyKeyValueStore<Bytes, byte[]> store = streams.store(
                StoreQueryParameters.fromNameAndType(STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                        .withPartition(partition));
        return count(store.all());
    }

    private static int count(KeyValueIterator<Bytes, byte[]> all) {
        int rows = 0;
        try (all) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    private static void await(CountDownLatch latch) {
        Patience.until("the application is held, or goes on", () -> latch.getCount() == 0);
    }

    @Override
    public void close() {
        pauseMillis = 0;
        released.countDown();
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP_LIMIT));
    }

    private final class Writer implements Processor<Bytes, byte[], Void, Void> {
        private KeyValueStore<Bytes, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(STORE);
            found.merge(context.taskId().partition(), count(store.all()), Math::min);
        }

        @Override
        public void process(Record<Bytes, byte[]> record) {
            if (new String(record.key().get(), StandardCharsets.UTF_8).equals(HOLD)) {
                // Else the outage meets the flush before the commit, and not the commit.
                Patience.until("all is acknowledged", () -> sent.stream().allMatch(Future::isDone));
                held.countDown();
                await(released);
            } else {
                store.put(record.key(), record.value());
                processed.incrementAndGet();
            }
        }
    }

    private final class Restoration implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long end) {
            events.add("restores %d from %d to %d".formatted(partition.partition(), from, end));
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long offset, long rows) {
            restored.merge(partition.partition(), (int) rows, Integer::sum);
            LockSupport.parkNanos(Duration.ofMillis(pauseMillis).toNanos());
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long rows) {
            events.add("has restored %d: %d records".formatted(partition.partition(), rows));
        }

        @Override
        public void onRestoreSuspended(TopicPartition partition, String store, long rows) {
            events.add("gives up to restore %d: %d records".formatted(partition.partition(), rows));
        }
    }

    /// Notes what a producer refuses.
    private final class Clients extends DefaultKafkaClientSupplier {
        @Override
        @SuppressWarnings("unchecked")
        public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            Producer<byte[], byte[]> producer = settings.producers().apply(config);
            return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                    Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, arguments) -> {
                        try {
                            Object result = method.invoke(producer, arguments);
                            if (result instanceof Future<?> acknowledgement) {
                                sent.add(acknowledgement);
                            }
                            return result;
                        } catch (InvocationTargetException refused) {
                            events.add(method.getName() + " failed: " + refused.getCause());
                            throw refused.getCause();
                        }
                    });
        }
    }
}
