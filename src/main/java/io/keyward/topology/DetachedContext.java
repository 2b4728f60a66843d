package io.keyward.topology;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// What a processor of this package needs of Kafka Streams, without Kafka Streams: what it forwards goes to a
/// receiver, and what it schedules runs only when asked for. It refuses everything that no processor here uses.
final class DetachedContext<K, V> implements ProcessorContext<K, V> {
    private static final TaskId TASK = new TaskId(0, 0);

    private final Function<String, StateStore> stores;
    private final Receiver<K, V> receiver;
    private final List<Punctuator> scheduled = new ArrayList<>();
    private Optional<RecordMetadata> position = Optional.empty();
    private Instant now = Instant.EPOCH;

    /// @param stores the stores by their names
    DetachedContext(Function<String, StateStore> stores, Receiver<K, V> receiver) {
        this.stores = stores;
        this.receiver = receiver;
    }

    /// Receives what a processor forwards.
    @FunctionalInterface
    interface Receiver<K, V> {
        void receive(Record<? extends K, ? extends V> record, String node);
    }

    /// Sets the position of the record that is processed next, and the time.
    void readAt(RecordMetadata read, Instant time) {
        position = Optional.of(read);
        now = time;
    }

    /// Runs once what is scheduled.
    void punctuate() {
        scheduled.forEach(step -> step.punctuate(now.toEpochMilli()));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Kafka Streams' signature
    public <S extends StateStore> S getStateStore(String name) {
        @SuppressWarnings("unchecked") // as in Kafka Streams, the caller knows the type
        S store = (S) stores.apply(name);
        return store;
    }

    @Override
    public <K1 extends K, V1 extends V> void forward(Record<K1, V1> record, String node) {
        receiver.receive(record, node);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator step) {
        scheduled.add(step);
        return () -> scheduled.remove(step);
    }

    @Override
    public TaskId taskId() {
        return TASK;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return position;
    }

    @Override
    public long currentSystemTimeMs() {
        return now.toEpochMilli();
    }

    @Override
    public <K1 extends K, V1 extends V> void forward(Record<K1, V1> record) {
        throw unused();
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator step) {
        throw unused();
    }

    @Override
    public String applicationId() {
        throw unused();
    }

    @Override
    public Serde<?> keySerde() {
        throw unused();
    }

    @Override
    public Serde<?> valueSerde() {
        throw unused();
    }

    @Override
    public File stateDir() {
        throw unused();
    }

    @Override
    public StreamsMetrics metrics() {
        throw unused();
    }

    @Override
    public void commit() {
        throw unused();
    }

    @Override
    public Map<String, Object> appConfigs() {
        throw unused();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw unused();
    }

    @Override
    public long currentStreamTimeMs() {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("No processor of the flow uses this.");
    }
}
