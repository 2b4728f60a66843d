package io.keyward.proof;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The changelogs and the outputs of a topology in a test, to be tampered with. The changelogs have one partition, the
/// outputs two.
final class InMemoryLog implements GroupLog {
    static final int OUTPUT_PARTITIONS = 2;
    static final String APPLICATION = "keyward-test";

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Deque<Runnable> betweenRounds = new ArrayDeque<>();

    /// All rows of the stores, and the outputs that nobody has read yet.
    static InMemoryLog of(TopologyHarness topology) {
        InMemoryLog log = new InMemoryLog();
        log.addAllOf(topology);
        return log;
    }

    /// Adds what has been written since.
    void addAllOf(TopologyHarness topology) {
        addRows(topology);
        addOutputs(topology);
    }

    /// Adds the rows that have changed since, and tombstones for those that are gone.
    void addRows(TopologyHarness topology) {
        for (String store : KeywardTopology.stores()) {
            Map<Bytes, byte[]> rows = new LinkedHashMap<>();
            try (KeyValueIterator<Bytes, byte[]> all = topology.store(store).all()) {
                all.forEachRemaining(row -> rows.put(row.key, row.value));
            }
            Map<Bytes, byte[]> before = newest(changelog(store), 0);
            before.keySet().stream().filter(key -> !rows.containsKey(key)).forEach(key -> putRow(store, key, null));
            rows.forEach((key, value) -> {
                if (!Arrays.equals(value, before.get(key))) {
                    putRow(store, key, value);
                }
            });
        }
    }

    /// Adds the outputs that nobody has read yet.
    void addOutputs(TopologyHarness topology) {
        for (Topic topic : TopicLayout.OUTPUTS) {
            topology.rawOutput(topic).forEach(record -> append(topic, record.key(), record.value()));
        }
    }

    static String changelog(String store) {
        return KeywardTopology.changelog(APPLICATION, store);
    }

    /// Writes a row; a tombstone if the value is null.
    ConsumerRecord<byte[], byte[]> putRow(String store, Bytes key, byte[] value) {
        return append(changelog(store), 0, key.get(), value);
    }

    /// Writes an output on its tenant's partition; a tombstone if the value is null.
    ConsumerRecord<byte[], byte[]> append(Topic topic, String key, byte[] value) {
        int owningPartition = TenantPartitioner.partitionOf(key.substring(0, key.indexOf('/')), OUTPUT_PARTITIONS);
        return append(TopologyHarness.NAMES.name(topic), owningPartition, key.getBytes(StandardCharsets.UTF_8), value);
    }

    ConsumerRecord<byte[], byte[]> append(String topic, int partition, byte[] key, byte[] value) {
        TopicPartition to = new TopicPartition(topic, partition);
        long offset = ends.merge(to, 1L, Long::sum) - 1;
        var record = record(topic, partition, offset, key, value);
        records.computeIfAbsent(to, _ -> new ArrayList<>()).add(record);
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String topic, int partition, long offset, byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                offset,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /// The newest values that are not tombstones.
    Map<Bytes, byte[]> newest(String topic, int partition) {
        Map<Bytes, byte[]> newest = new LinkedHashMap<>();
        records.getOrDefault(new TopicPartition(topic, partition), List.of()).forEach(record -> {
            if (record.value() == null) {
                newest.remove(Bytes.wrap(record.key()));
            } else {
                newest.put(Bytes.wrap(record.key()), record.value());
            }
        });
        return newest;
    }

    /// The rows of a store.
    Map<Bytes, byte[]> rows(String store) {
        return newest(changelog(store), 0);
    }

    /// All records, in the order of their topics, partitions and offsets.
    List<ConsumerRecord<byte[], byte[]>> all() {
        return records.values().stream().flatMap(List::stream).toList();
    }

    /// The record at that offset of the first partition.
    ConsumerRecord<byte[], byte[]> at(String topic, long offset) {
        return records.get(new TopicPartition(topic, 0)).stream()
                .filter(record -> record.offset() == offset)
                .findFirst()
                .orElseThrow();
    }

    /// The last record under the key of an output.
    ConsumerRecord<byte[], byte[]> last(Topic topic, String key) {
        String name = TopologyHarness.NAMES.name(topic);
        return all().stream()
                .filter(record -> record.topic().equals(name))
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    /// Takes records away without a trace, as the deletion of old segments does.
    void remove(Predicate<ConsumerRecord<byte[], byte[]>> those) {
        records.values().forEach(partition -> partition.removeIf(those));
    }

    /// Changes a record where it is, as only a copy of a topic can be changed.
    void replace(ConsumerRecord<byte[], byte[]> old, byte[] value) {
        records.get(new TopicPartition(old.topic(), old.partition()))
                .replaceAll(record -> record.offset() == old.offset()
                        ? record(old.topic(), old.partition(), old.offset(), old.key(), value)
                        : record);
    }

    /// Lets something be done before the next round reads.
    InMemoryLog beforeNextRound(Runnable step) {
        betweenRounds.add(step);
        return this;
    }

    /// The same records, none of them read.
    InMemoryLog fromTheBeginning() {
        read.clear();
        return this;
    }

    @Override
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> take) {
        if (!read.isEmpty() && !betweenRounds.isEmpty()) {
            betweenRounds.remove().run();
        }
        records.forEach((partition, all) -> {
            long from = read.getOrDefault(partition, 0L);
            all.stream().filter(record -> record.offset() >= from).toList().forEach(take);
            read.put(partition, ends.get(partition));
        });
    }

    @Override
    public boolean holds(TopicPartition partition, long offset) {
        return records.get(partition).stream().anyMatch(record -> record.offset() == offset);
    }
}
