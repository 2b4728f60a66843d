package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.proof.Subject;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The logs of a partition in a test: inputs, and the rows of a topology, to be tampered with.
final class InMemoryPartition implements PartitionLogs {
    private final TopologyHarness schemas;
    private final Subject subject;
    private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> inputs = new EnumMap<>(Topic.class);
    private final Map<Topic, Integer> read = new EnumMap<>(Topic.class);
    private final Map<String, Map<Bytes, byte[]>> rows = new HashMap<>();
    private final Deque<Position> positions = new ArrayDeque<>();
    private final Deque<Runnable> beforeRows = new ArrayDeque<>();

    /// @param schemas writes the events
    InMemoryPartition(TopologyHarness schemas, Subject subject) {
        this.schemas = schemas;
        this.subject = subject;
    }

    /// Adds events to the inputs.
    InMemoryPartition with(Event... events) {
        for (Event event : events) {
            Topic topic = Topics.of(event);
            append(topic, schemas.bytesOf(topic, event), event.occurredAt().toEpochMilli(), new RecordHeaders());
        }
        return this;
    }

    void append(Topic topic, byte[] value, long timestamp, Headers headers) {
        List<ConsumerRecord<byte[], byte[]>> log = inputs.computeIfAbsent(topic, _ -> new ArrayList<>());
        log.add(new ConsumerRecord<>(
                TopologyHarness.NAMES.name(topic),
                0,
                log.size(),
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                "key".getBytes(StandardCharsets.UTF_8),
                value,
                headers,
                Optional.empty()));
    }

    /// Takes over the rows of a topology.
    InMemoryPartition rowsOf(TopologyHarness topology) {
        FactRows.STORES.forEach(store -> {
            Map<Bytes, byte[]> all = new HashMap<>();
            try (KeyValueIterator<Bytes, byte[]> found = topology.store(store).all()) {
                found.forEachRemaining(row -> all.put(row.key, row.value));
            }
            Map<Bytes, byte[]> before = rows.getOrDefault(store, Map.of());
            before.keySet().stream().filter(key -> !all.containsKey(key)).forEach(key -> all.put(key, null));
            rows.put(store, all);
        });
        return this;
    }

    /// The rows of a store, to be changed.
    Map<Bytes, byte[]> rows(String store) {
        return rows.get(store);
    }

    /// Leaves out the inputs below a position.
    InMemoryPartition readTo(Position start) {
        inputs.keySet().forEach(topic -> read.put(topic, (int) start.next(topic)));
        return this;
    }

    /// Says what the processor has committed when it is asked next; after the last answer it has committed all.
    InMemoryPartition committed(Position... answers) {
        positions.addAll(List.of(answers));
        return this;
    }

    /// Does something before the rows are read the next time.
    void beforeRows(Runnable change) {
        beforeRows.add(change);
    }

    /// The position behind all inputs.
    Position end() {
        Map<Topic, Long> next = new EnumMap<>(Topic.class);
        inputs.forEach((topic, log) -> next.put(topic, (long) log.size()));
        return Position.of(0, next);
    }

    @Override
    public Position committed() {
        return positions.isEmpty() ? end() : positions.removeFirst();
    }

    @Override
    public void readChangelogs(Consumer<ConsumerRecord<byte[], byte[]>> take) {
        if (!beforeRows.isEmpty()) {
            beforeRows.removeFirst().run();
        }
        rows.forEach((store, all) -> all.forEach(
                (key, value) -> take.accept(new ConsumerRecord<>(subject.changelog(store), 0, 7, key.get(), value))));
    }

    @Override
    public void readInputs(Position known, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        inputs.forEach((topic, log) -> {
            long end = topic == Topic.REROUTED ? log.size() : known.next(topic);
            for (int next = read.getOrDefault(topic, 0); next < end; next++) {
                take.accept(log.get(next));
                read.put(topic, next + 1);
            }
        });
    }

    @Override
    public void close() {}
}
