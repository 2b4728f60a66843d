package io.keyward.proof;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/// The newest rows and outputs of a tenant.
final class TenantRecords {
    private final TenantId id;
    private final int partition;
    private final Map<String, Map<Bytes, StoredRow>> rows = new HashMap<>();
    private final Map<Topic, Map<String, NewestOutput>> outputs = new EnumMap<>(Topic.class);

    /// @param partition the partition of all its rows
    TenantRecords(TenantId id, int partition) {
        this.id = id;
        this.partition = partition;
    }

    TenantId id() {
        return id;
    }

    int partition() {
        return partition;
    }

    /// Its rows in a store.
    Map<Bytes, StoredRow> rows(String store) {
        return rows.getOrDefault(store, Map.of());
    }

    /// Its records in an output, by their keys.
    Map<String, NewestOutput> outputs(Topic topic) {
        return outputs.getOrDefault(topic, Map.of());
    }

    /// How many of its newest outputs are no tombstones.
    long publishedOutputs() {
        return outputs.values().stream()
                .flatMap(records -> records.values().stream())
                .filter(record -> !record.isTombstone())
                .count();
    }

    void put(String store, Bytes key, StoredRow row) {
        rows.computeIfAbsent(store, _ -> new HashMap<>()).put(key, row);
    }

    /// Does nothing if there is no such row: compaction may have left only its tombstone.
    void remove(String store, Bytes key) {
        Map<Bytes, StoredRow> held = rows.get(store);
        if (held != null) {
            held.remove(key);
        }
    }

    /// Returns the record that was the newest one under the key; null if there was none.
    NewestOutput put(Topic topic, String key, NewestOutput record) {
        return outputs.computeIfAbsent(topic, _ -> new HashMap<>()).put(key, record);
    }
}
