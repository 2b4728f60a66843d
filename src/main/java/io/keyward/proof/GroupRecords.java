package io.keyward.proof;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.wire.WireFormat;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;

/// The newest rows and outputs of a group of partitions, by tenant. What a record says by itself is checked when it is
/// taken: whether its key can be read, whether it is on its tenant's partition, and whether it follows the record
/// before
/// it. Not thread-safe.
final class GroupRecords {
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final Map<String, String> stores = new HashMap<>();
    private final Map<String, Topic> topics = new HashMap<>();
    private final TopicLayout layout;
    private final OutputSequence sequence;
    private final Map<TenantId, TenantRecords> tenants = new HashMap<>();
    private final Map<TopicPartition, Map<Bytes, StoredRow>> ofPartitions = new HashMap<>();
    private final List<Finding> unreadable = new ArrayList<>();
    private final Map<Place, Finding> misplaced = new LinkedHashMap<>();
    private final List<Repeated> repeated = new ArrayList<>();
    private long omitted;

    GroupRecords(Subject subject, TopicLayout layout) {
        KeywardTopology.stores().forEach(store -> stores.put(subject.changelog(store), store));
        TopicLayout.OUTPUTS.forEach(topic -> topics.put(subject.names().name(topic), topic));
        this.layout = layout;
        this.sequence = new OutputSequence(subject.registry());
    }

    /// A key on a partition that is not its tenant's.
    private record Place(String topic, int partition, Bytes key) {}

    /// An output that does not follow the one before it.
    ///
    /// @param before the offset of the one before it. Compaction while the log was read can have removed those
    ///     between them. If this one is still there, it has not
    record Repeated(Finding finding, TopicPartition partition, long before) {}

    Collection<TenantRecords> tenants() {
        return tenants.values();
    }

    /// The rows of a store about a whole partition.
    Map<Bytes, StoredRow> rowsOfPartition(String store, int partition) {
        return ofPartitions.getOrDefault(new TopicPartition(store, partition), Map.of());
    }

    /// What is wrong with records by themselves.
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(unreadable);
        all.addAll(misplaced.values());
        return all;
    }

    List<Repeated> repeated() {
        return repeated;
    }

    /// How many findings are not among those listed.
    long omitted() {
        return omitted;
    }

    void take(ConsumerRecord<byte[], byte[]> read) {
        if (read.key() == null) {
            add(unreadable, finding(read, Optional.empty(), "Expected a key, found none."));
            return;
        }
        String store = stores.get(read.topic());
        if (store != null) {
            takeRow(store, read);
        } else {
            takeOutput(topics.get(read.topic()), read);
        }
    }

    private void takeRow(String store, ConsumerRecord<byte[], byte[]> read) {
        Bytes key = Bytes.wrap(read.key());
        Optional<TenantId> tenant;
        try {
            tenant = RowKeys.tenant(store, key);
            tenant.ifPresent(_ -> RecordKeys.requireReadable(store, key));
        } catch (RuntimeException unknown) {
            add(
                    unreadable,
                    finding(read, Optional.empty(), "This release knows no row with such a key in this store."));
            return;
        }
        if (tenant.isEmpty()) {
            put(
                    ofPartitions.computeIfAbsent(new TopicPartition(store, read.partition()), _ -> new HashMap<>()),
                    key,
                    read);
        } else if (isAtHome(tenant.get(), layout.changelogs(), read)) {
            TenantRecords records = tenant(tenant.get());
            if (read.value() == null) {
                records.remove(store, key);
            } else {
                records.put(store, key, new StoredRow(read.offset(), read.value()));
            }
        }
    }

    private static void put(Map<Bytes, StoredRow> rows, Bytes key, ConsumerRecord<byte[], byte[]> read) {
        if (read.value() == null) {
            rows.remove(key);
        } else {
            rows.put(key, new StoredRow(read.offset(), read.value()));
        }
    }

    private void takeOutput(Topic topic, ConsumerRecord<byte[], byte[]> read) {
        String key = new String(read.key(), StandardCharsets.UTF_8);
        TenantId tenant;
        try {
            tenant = new TenantId(key.substring(0, key.indexOf('/')));
        } catch (RuntimeException invalid) {
            add(unreadable, finding(read, Optional.empty(), "Expected a key that begins with a tenant and '/'."));
            return;
        }
        if (!isAtHome(tenant, layout.outputs().get(topic), read)) {
            return;
        }
        NewestOutput next = new NewestOutput(read.partition(), read.offset(), read.value(), headers(read));
        NewestOutput before = tenant(tenant).put(topic, key, next);
        if (before != null) {
            sequence.violation(topic, before, next)
                    .ifPresent(wrong -> repeated(read, finding(read, Optional.of(tenant), wrong), before));
        }
    }

    private void repeated(ConsumerRecord<byte[], byte[]> read, Finding finding, NewestOutput before) {
        if (repeated.size() < Report.LISTED) {
            repeated.add(new Repeated(finding, new TopicPartition(read.topic(), read.partition()), before.offset()));
        } else {
            omitted++;
        }
    }

    /// Only the header that tells the schema is needed.
    private static Headers headers(ConsumerRecord<byte[], byte[]> read) {
        return read.headers().lastHeader(WireFormat.VALUE_SCHEMA_HEADER) == null ? NO_HEADERS : read.headers();
    }

    private TenantRecords tenant(TenantId id) {
        return tenants.computeIfAbsent(
                id, _ -> new TenantRecords(id, TenantPartitioner.home(id.value(), layout.changelogs())));
    }

    /// Whether a record is on its tenant's partition; otherwise notes that it is not. A tombstone there takes the wrong
    /// record away.
    private boolean isAtHome(TenantId tenant, int partitions, ConsumerRecord<byte[], byte[]> read) {
        int home = TenantPartitioner.home(tenant.value(), partitions);
        if (home == read.partition()) {
            return true;
        }
        Place place = new Place(read.topic(), read.partition(), Bytes.wrap(read.key()));
        if (read.value() == null) {
            misplaced.remove(place);
        } else if (misplaced.size() < Report.LISTED) {
            misplaced.put(
                    place,
                    finding(
                            read,
                            Optional.of(tenant),
                            "Expected on the tenant's partition %d, found on partition %d."
                                    .formatted(home, read.partition())));
        } else {
            omitted++;
        }
        return false;
    }

    private void add(List<Finding> findings, Finding finding) {
        if (findings.size() < Report.LISTED) {
            findings.add(finding);
        } else {
            omitted++;
        }
    }

    private Finding finding(ConsumerRecord<byte[], byte[]> read, Optional<TenantId> tenant, String sentence) {
        return new Finding(
                read.topic(),
                read.partition(),
                read.offset(),
                tenant,
                tenant.flatMap(_ -> RecordKeys.environment(read, stores.get(read.topic()))),
                topics.containsKey(read.topic()) ? Optional.of(Rule.R15) : Optional.empty(),
                sentence);
    }
}
