package io.keyward.proof.tenant;

import io.keyward.client.TopicNames;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.TopicLayout;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/// What stands of one tenant: rows of the stores, and records of the outputs that no tombstone has retracted. For one
/// thread.
public final class TenantHoldings {
    private final TenantId tenant;

    /// The store of each changelog.
    private final Map<String, String> stores = new HashMap<>();

    private final Map<String, Set<Bytes>> standing = new HashMap<>();
    private final List<String> outputs;

    public TenantHoldings(TenantId tenant, String applicationId, TopicNames names) {
        this.tenant = tenant;
        KeywardTopology.stores().forEach(store -> stores.put(KeywardTopology.changelog(applicationId, store), store));
        this.outputs = TopicLayout.OUTPUTS.stream().map(names::name).toList();
    }

    /// The full names of the topics to read: the changelogs, and the outputs. Of the changelogs, the tenant's rows are
    /// on its partition of the inputs; of the outputs, on its partition of the output.
    public List<String> topics() {
        return Stream.concat(stores.keySet().stream().sorted(), outputs.stream())
                .toList();
    }

    /// Takes a record of one of [#topics], those of a partition in their order.
    ///
    /// @throws IllegalArgumentException if this release knows no such row
    public void take(ConsumerRecord<byte[], byte[]> record) {
        Bytes key = Bytes.wrap(record.key());
        String store = stores.get(record.topic());
        boolean about = store == null
                ? new String(record.key(), StandardCharsets.UTF_8).startsWith(tenant.value() + "/")
                : RowKeys.tenant(store, key).equals(Optional.of(tenant));
        if (about) {
            Set<Bytes> keys = standing.computeIfAbsent(store == null ? record.topic() : store, _ -> new HashSet<>());
            if (record.value() == null) {
                keys.remove(key);
            } else {
                keys.add(key);
            }
        }
    }

    /// How many environments there are rows of.
    public int environments() {
        return count(Nodes.ENVIRONMENTS);
    }

    /// Of how many keys facts are stored.
    public int keys() {
        return count(Nodes.KEYS);
    }

    /// How many records stand on the outputs.
    public int outputs() {
        return outputs.stream().mapToInt(this::count).sum();
    }

    /// How many rows there are in all stores.
    public int rows() {
        return stores.values().stream().mapToInt(this::count).sum();
    }

    private int count(String place) {
        return standing.getOrDefault(place, Set.of()).size();
    }
}
