package io.keyward.topology;

import io.keyward.domain.event.Event;
import io.keyward.topology.store.BoundedRocksMemory;
import io.keyward.topology.store.RocksMemory;
import io.keyward.topology.store.StoreKind;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.RecordBatchingStateRestoreCallback;
import org.apache.kafka.streams.state.KeyValueStore;

/// The deciding processor over the stores of one partition in RocksDB, without Kafka, to be measured. The stores
/// are transactional and share a bounded memory, as in the product. Nothing is written to changelogs.
final class MeasuredProcessor implements AutoCloseable {
    /// How many records Kafka Streams reads, and restores, at once at most.
    static final int RESTORED_AT_ONCE = 1_000;

    private static final long COMMITTED_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    private final RocksMemory memory = new RocksMemory(256 << 20);
    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
    private final Map<String, RecordBatchingStateRestoreCallback> restored = new HashMap<>();
    private final MockProcessorContext<String, byte[]> context;
    private final DecideProcessor processor;
    private long lastCommitted = System.nanoTime();

    /// @param folder for the stores, or with those of another one that was closed
    MeasuredProcessor(Path folder, Flow flow) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "measured");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
        settings.put(RocksMemory.SETTING, memory);
        context = new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
        context.setCurrentSystemTimeMs(0);
        KeywardTopology.stores().forEach(this::open);
        processor =
                new DecideProcessor(flow, TestPorts.of(FlowObserver.NONE), CompleteState.unchecked(), Optional.empty());
        processor.init(context);
    }

    private void open(String name) {
        KeyValueStore<Bytes, byte[]> store =
                StoreKind.ROCKSDB.store(name).withLoggingDisabled().build();
        store.init(rememberingHowToRestore(context.getStateStoreContext()), store);
        context.addStateStore(store);
        stores.put(name, store);
    }

    private StateStoreContext rememberingHowToRestore(StateStoreContext real) {
        return (StateStoreContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {InternalProcessorContext.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("register")) {
                        restored.put(
                                ((StateStore) arguments[0]).name(), (RecordBatchingStateRestoreCallback) arguments[1]);
                        return null;
                    }
                    return method.invoke(real, arguments);
                });
    }

    MockProcessorContext<String, byte[]> context() {
        return context;
    }

    KeyValueStore<Bytes, byte[]> store(String name) {
        return stores.get(name);
    }

    /// Discards the publications.
    void process(Event event) {
        OriginCoordinates origin =
                new OriginCoordinates(TopologyHarness.NAMES.name(TopologyHarness.topicOf(event)), 0, 1);
        processor.process(new Record<>(
                event.tenantId().value(),
                new Admitted(event, origin, new byte[0]),
                event.occurredAt().toEpochMilli()));
        context.resetForwards();
    }

    /// Commits if the last commit was as long ago as in the product.
    void commitIfDue() {
        if (System.nanoTime() - lastCommitted > COMMITTED_EVERY) {
            commit();
        }
    }

    void commit() {
        stores.values().forEach(store -> store.commit(Collections.emptyMap()));
        lastCommitted = System.nanoTime();
    }

    /// Takes in records of a changelog, as Kafka Streams does.
    void restore(String store, List<ConsumerRecord<byte[], byte[]>> batch) {
        restored.get(store).restoreBatch(batch);
    }

    /// The size of what RocksDB holds on disk for a store.
    static long bytesOnDisk(Path folder, String store) throws IOException {
        try (var files = Files.walk(folder.resolve("rocksdb").resolve(store))) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    @Override
    public void close() {
        commit();
        stores.values().forEach(KeyValueStore::close);
        memory.close();
    }
}
