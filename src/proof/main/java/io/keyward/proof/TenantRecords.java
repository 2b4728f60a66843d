package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/// The newest rows and outputs of a tenant.
///
/// @param partition the partition of all its rows
record TenantRecords(
        TenantId id,
        int partition,
        Map<String, Map<Bytes, NewestRecord>> rows,
        Map<Topic, Map<String, NewestOutput>> outputs) {
    /// None yet.
    TenantRecords(TenantId id, int partition) {
        this(id, partition, new HashMap<>(), new EnumMap<>(Topic.class));
    }

    /// Its rows in a store.
    Map<Bytes, NewestRecord> rows(String store) {
        return rows.getOrDefault(store, Map.of());
    }

    /// Its records in an output, by their keys.
    Map<String, NewestOutput> outputs(Topic topic) {
        return outputs.getOrDefault(topic, Map.of());
    }

    /// How many of everything there are; of its outputs those that are not tombstones.
    Report counts() {
        long published = outputs.values().stream()
                .flatMap(records -> records.values().stream())
                .filter(record -> !record.isTombstone())
                .count();
        return new Report(
                rows(Nodes.ENVIRONMENTS).size(), rows(Nodes.KEYS).size(), 1, published, List.of(), List.of(), 0);
    }

    /// Its rows in a store, to be changed.
    Map<Bytes, NewestRecord> changing(String store) {
        return rows.computeIfAbsent(store, _ -> new HashMap<>());
    }

    /// Returns the record that was the newest one under the key; null if there was none.
    NewestOutput put(Topic topic, String key, NewestOutput record) {
        return outputs.computeIfAbsent(topic, _ -> new HashMap<>()).put(key, record);
    }
}
